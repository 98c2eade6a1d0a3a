import { stackNames } from "../../core/load/stack-file";
import type { Files } from "../../core/site/content";
import { provideEngine } from "../tools/engine";
import { inIsolatedEnvironment } from "../system/isolated-environment";
import { sideBySide } from "../system/side-by-side";
import { requireTypes } from "../system/type-check";
import { UserError } from "../system/user-error";
import { backtestStacks, type PreviewServer, type RuleSides } from "./backtest-change";
import { makeBaseSite } from "./base-site";
import { openBase } from "./base-project";
import { previewStack, type StackPreview, type StackPreviewRequest, unseen } from "./preview-stack";

/** Which stacks to compare between which commit and the working tree. */
export interface ProjectPreviewRequest {
  readonly headRoot: string;
  readonly baseCommit: string;
  readonly stacks: readonly string[];
  /** The two commits, as a person names them: abbreviated, with their subject. */
  readonly base: string;
  readonly head: string;
  readonly note: (line: string) => void;
  /** On whose data it is told what the touched alerts would have done. It is not told when left out. */
  readonly server?: PreviewServer;
  /** Of this stack, the site as it was is wanted as well. */
  readonly siteStack?: string;
}

/** What the head changes, by stack. */
export interface ProjectPreview {
  readonly base: string;
  readonly head: string;
  readonly stacks: readonly StackPreview[];
  /** Stacks that the base had a file for, and the head has none. */
  readonly removedStacks: readonly string[];
  /** The site as it was; no file where none is wanted, or it could not be made. */
  readonly baseSite: Files;
}

/** Previews the stacks side by side. Type errors stop all of them at once. */
export async function previewProject({
  headRoot,
  baseCommit,
  stacks,
  base,
  head,
  note,
  server,
  siteStack,
}: ProjectPreviewRequest): Promise<ProjectPreview> {
  const project = await openBase(headRoot, baseCommit, note);
  const known = stackNames(headRoot);
  const removedStacks = project.stacks.filter((name) => !known.includes(name));
  const isSame = (stack: string): boolean => project.isSame(stack);
  try {
    const rules = new Map<string, RuleSides>();
    const previews = await previewChanged(
      stacks.filter((stack) => !isSame(stack)),
      { headRoot, base: project, note, onRules: (stack, sides) => void rules.set(stack, sides) },
    );
    // One time for all of them, so that what is the same is told once.
    const until = Date.now() / 1000;
    const backtests = server ? await backtestStacks(rules, { ...server, until }, note) : new Map<string, never>();
    const same = stacks.filter(isSame).map((stack) => ({ ...unseen(stack), isSame: true }));
    const told = previews.map((preview) => {
      const backtest = backtests.get(preview.stack);
      return { ...preview, ...(backtest && { backtest }) };
    });
    const byName = [...told, ...same].sort((one, other) => stacks.indexOf(one.stack) - stacks.indexOf(other.stack));
    const hasSite = siteStack !== undefined && project.stacks.includes(siteStack);
    const baseSite: Files = hasSite ? await makeBaseSite(await project.checkOut(), siteStack, note) : new Map();
    return { base, head, stacks: byName, removedStacks, baseSite };
  } finally {
    await project.remove();
  }
}

async function previewChanged(
  stacks: readonly string[],
  request: Omit<StackPreviewRequest, "stackName" | "engine">,
): Promise<readonly StackPreview[]> {
  const { headRoot, note } = request;
  if (stacks.length === 0) return [];
  const refusal = await typeErrors(headRoot, note);
  if (refusal !== "") return stacks.map((stack) => ({ ...unseen(stack), refusal }));
  const engine = await provideEngine({ projectRoot: headRoot, note });
  note(`Comparing ${stacks.join(", ")} …`);
  // Around all of them: whichever ended first would bring back what the others must not see.
  return inIsolatedEnvironment(() => sideBySide(stacks, (stackName) => previewStack({ ...request, stackName, engine })));
}

async function typeErrors(headRoot: string, note: (line: string) => void): Promise<string> {
  try {
    await requireTypes(headRoot, note);
    return "";
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}
