import { isNativeError } from "node:util/types";
import type { Engine } from "../tools/engine";
import { inIsolatedEnvironment } from "../system/isolated-environment";
import { UserError } from "../system/user-error";
import { openBase } from "./base-project";
import { previewStack } from "./preview-stack";
import { describeMeaning } from "./text";

/** From which commit to which worktree a stack goes. */
export interface CommitsPreviewRequest {
  readonly stackName: string;
  /** The commit that is deployed. */
  readonly baseCommit: string;
  /** A worktree of what is to be deployed, with its packages. */
  readonly headRoot: string;
  readonly engine: Engine;
  readonly note: (line: string) => void;
}

/** What the change means, in lines. Why it cannot be told is no reason to stop whoever wants to go back: that is told instead. */
export async function tellMeaning(request: CommitsPreviewRequest): Promise<readonly string[]> {
  const { headRoot, baseCommit, note } = request;
  try {
    const base = await openBase(headRoot, baseCommit, note);
    try {
      const { changes, refusal, baseMissing } = await inIsolatedEnvironment(() => previewStack({ ...request, base }));
      if (refusal !== "" || baseMissing !== "") return [`  cannot be told. ${refusal === "" ? baseMissing : refusal}`];
      return describeMeaning(changes);
    } finally {
      await base.remove();
    }
  } catch (error) {
    if (!(error instanceof UserError) && !isNativeError(error)) throw error;
    return [`  cannot be told. ${error.message}`];
  }
}
