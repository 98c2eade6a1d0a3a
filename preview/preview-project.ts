import { stackNames } from "../load/stack-file";
import { requireTypes } from "../local/type-check";
import { UserError } from "../local/user-error";
import { previewStack, type StackPreview } from "./preview-stack";

/** Which stacks to compare between which two folders. */
export interface ProjectPreviewRequest {
  readonly headRoot: string;
  readonly baseRoot: string;
  readonly stacks: readonly string[];
  /** The two commits, as a person names them: abbreviated, with their subject. */
  readonly base: string;
  readonly head: string;
  readonly note: (line: string) => void;
}

/** What the head changes, by stack. */
export interface ProjectPreview {
  readonly base: string;
  readonly head: string;
  readonly stacks: readonly StackPreview[];
  /** Stacks that the base had a file for, and the head has none. */
  readonly removedStacks: readonly string[];
}

/** Previews the stacks one after the other. Type errors stop all of them at once. */
export async function previewProject(request: ProjectPreviewRequest): Promise<ProjectPreview> {
  const { headRoot, baseRoot, base, head, note } = request;
  const refusal = await typeErrors(request);
  const stacks: StackPreview[] = [];
  for (const stack of request.stacks) {
    if (refusal === "") note(`Comparing stack ${stack} …`);
    stacks.push(
      refusal === ""
        ? await previewStack({ stackName: stack, baseRoot, headRoot, note })
        : { stack, baseMissing: "", refusal, changes: [], resources: [], diff: "" },
    );
  }
  const known = stackNames(headRoot);
  return { base, head, stacks, removedStacks: stackNames(baseRoot).filter((name) => !known.includes(name)) };
}

async function typeErrors({ headRoot, note }: ProjectPreviewRequest): Promise<string> {
  try {
    await requireTypes(headRoot, note);
    return "";
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}
