import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Change } from "../../core/model/change";
import type { Comparison } from "../../core/site/comparison";
import { loadDeployed } from "../../core/load/deployed";
import { loadDeployedRuleSet } from "../../core/load/files/rule-set";
import type { Engine } from "../tools/engine";
import type { ResourceChange } from "../embedded/stack/engine-events";
import { loadProgram } from "../embedded/stack/program";
import { withStack } from "../embedded/stack/stack";
import { UserError } from "../system/user-error";
import type { RuleSides, StackBacktest } from "./backtest-change";
import { deployBase } from "./base-deployment";
import type { BaseProject } from "./base-project";
import { compare, type Snapshot } from "./compare";
import { comparisonsOf } from "./comparisons";
import { markNew, newServicesOf, type NewService } from "./new-services";

/** Which stack to compare with which base. */
export interface StackPreviewRequest {
  readonly stackName: string;
  /** The project as it was. */
  readonly base: BaseProject;
  /** The project as it is. */
  readonly headRoot: string;
  readonly engine: Engine;
  readonly note: (line: string) => void;
  /** Told of the rules that the stack evaluates before and after. */
  readonly onRules?: (stackName: string, sides: RuleSides) => void;
}

/** What the head changes about a stack. */
export interface StackPreview {
  readonly stack: string;
  /** Whether nothing has changed from which the stack is deployed: then it was not run, and there is nothing to tell. */
  readonly isSame: boolean;
  /** Why there is nothing to compare with, in a sentence; empty when there is. */
  readonly baseMissing: string;
  /** Why the head would not be deployed; empty when it would. */
  readonly refusal: string;
  readonly changes: readonly Change[];
  /** Those of which the base has deployed nothing. None when left out. */
  readonly newServices?: readonly NewService[];
  /** The things that change, whole, for the page that shows both sides. */
  readonly comparisons: readonly Comparison[];
  /** What the engine does to each resource, the unchanged ones included. */
  readonly resources: readonly ResourceChange[];
  /** What differs in the documents, as a unified diff. */
  readonly diff: string;
  /** What the touched alerts would have done. Absent where no server was given, or no alert is touched. */
  readonly backtest?: StackBacktest;
}

/** What is said of a stack before anything of it has been run. */
export function unseen(stack: string): StackPreview {
  return { stack, isSame: false, baseMissing: "", refusal: "", changes: [], comparisons: [], resources: [], diff: "" };
}

/**
 * Deploys the head over the base, to a stack of its own on the embedded target: what the engine does to each resource is what
 * it would do, and what differs by meaning is read from what was deployed. Nothing of it stays but the base.
 */
export async function previewStack(request: StackPreviewRequest): Promise<StackPreview> {
  const { stackName } = request;
  const folder = mkdtempSync(join(tmpdir(), "dark-tower-preview-"));
  try {
    const { snapshot, missing } = await deployBase({ ...request, localFolder: folder });
    return { ...unseen(stackName), ...(await deployHead(request, folder, snapshot)), baseMissing: missing };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...unseen(stackName), refusal: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deployHead(
  { stackName, headRoot, engine, note, onRules }: StackPreviewRequest,
  localFolder: string,
  before: Snapshot,
): Promise<Pick<StackPreview, "changes" | "newServices" | "comparisons" | "resources" | "diff">> {
  const shown = join(localFolder, "documents");
  const request = { projectRoot: headRoot, stackName, localFolder, engine, program: loadProgram(headRoot), note };
  return withStack(request, async (stack) => {
    keep(stack.deployedFolder, join(shown, "before"));
    const base = loadDeployedRuleSet(stack.deployedFolder);
    const { changes: resources, outputs } = await stack.deployUnused();
    keep(stack.deployedFolder, join(shown, "after"));
    onRules?.(stackName, { base, head: loadDeployedRuleSet(stack.deployedFolder) });
    const after = { deployed: loadDeployed(stack.deployedFolder), outputs };
    const newServices = newServicesOf(before, after);
    const changes = markNew(compare(before, after), after, newServices);
    return { changes, newServices, comparisons: comparisonsOf(before, after, changes), resources, diff: diffBetween(shown) };
  });
}

/** Without the target's own records of what belongs to whom. */
function keep(deployed: string, copy: string): void {
  mkdirSync(copy, { recursive: true });
  const isDocument = (path: string): boolean => !basename(path).startsWith(".");
  if (existsSync(deployed)) cpSync(deployed, copy, { recursive: true, filter: isDocument });
}

function diffBetween(folder: string): string {
  const plain = ["diff", "--no-index", "--no-color", "--no-ext-diff", "--no-prefix", "--no-renames", "before", "after"];
  const { stdout } = spawnSync("git", plain, { cwd: folder, encoding: "utf8", maxBuffer: 256 * 1024 ** 2 });
  return stdout
    .split("\n")
    .filter((line) => !/^(diff --git|index|new file mode|deleted file mode) /.test(line))
    .join("\n")
    .trimEnd();
}
