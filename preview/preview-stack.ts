import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { loadDeployed } from "../load/deployed";
import { stackFile } from "../load/stack-file";
import type { ResourceChange } from "../local/engine-events";
import { loadProgram } from "../local/program";
import { withStack } from "../local/stack";
import { UserError } from "../local/user-error";
import type { Change } from "./change";
import { compare, type Snapshot } from "./compare";

/** Which stack to compare between which two folders. */
export interface StackPreviewRequest {
  readonly stackName: string;
  /** The project as it was: a worktree. */
  readonly baseRoot: string;
  /** The project as it is. */
  readonly headRoot: string;
  readonly note: (line: string) => void;
}

/** What the head changes about a stack. */
export interface StackPreview {
  readonly stack: string;
  /** Why there is nothing to compare with, in a sentence; empty when there is. */
  readonly baseMissing: string;
  /** Why the head would not be deployed; empty when it would. */
  readonly refusal: string;
  readonly changes: readonly Change[];
  /** What the engine does to each resource, the unchanged ones included. */
  readonly resources: readonly ResourceChange[];
  /** What differs in the documents, as a unified diff. */
  readonly diff: string;
}

/**
 * Deploys the base to a stack of its own on the embedded target, lets the engine preview the head against it, and then
 * deploys the head there: what differs by meaning is read from what was deployed. Nothing of it stays.
 */
export async function previewStack(request: StackPreviewRequest): Promise<StackPreview> {
  const folder = mkdtempSync(join(tmpdir(), "dark-tower-preview-"));
  const empty = { stack: request.stackName, baseMissing: "", refusal: "", changes: [], resources: [], diff: "" };
  try {
    const base = await deployBase(request, folder);
    return { ...empty, ...(await deployHead(request, folder, base.snapshot)), baseMissing: base.missing };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...empty, refusal: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A base that was never deployed, or that could not be, is no reason to say nothing about the head. */
async function deployBase(
  request: StackPreviewRequest,
  folder: string,
): Promise<{ readonly snapshot: Snapshot; readonly missing: string }> {
  const none = { deployed: loadDeployed(join(folder, "none")), outputs: {} };
  if (!existsSync(join(request.baseRoot, stackFile(request.stackName))))
    return { snapshot: none, missing: "The base has no such stack: everything is new." };
  try {
    const outputs = await inStack(request, request.baseRoot, folder, async (stack) => (await stack.up()).outputs);
    return { snapshot: { deployed: loadDeployed(deployedIn(request, folder)), outputs }, missing: "" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { snapshot: none, missing: `The base itself cannot be deployed, so everything is new. It says: ${error.message}` };
  }
}

async function deployHead(
  request: StackPreviewRequest,
  folder: string,
  before: Snapshot,
): Promise<Pick<StackPreview, "changes" | "resources" | "diff">> {
  const shown = join(folder, "documents");
  return inStack(request, request.headRoot, folder, async (stack) => {
    const { changes: resources } = await stack.preview();
    keep(stack.deployedFolder, join(shown, "before"));
    const { outputs } = await stack.up();
    keep(stack.deployedFolder, join(shown, "after"));
    const after = { deployed: loadDeployed(stack.deployedFolder), outputs };
    return { changes: compare(before, after), resources, diff: diffBetween(shown) };
  });
}

function inStack<T>(
  { stackName, headRoot, note }: StackPreviewRequest,
  projectRoot: string,
  localFolder: string,
  use: Parameters<typeof withStack<T>>[1],
): Promise<T> {
  return withStack({ projectRoot, stackName, localFolder, toolsRoot: headRoot, program: loadProgram(projectRoot), note }, use);
}

function deployedIn({ stackName }: StackPreviewRequest, folder: string): string {
  return join(folder, stackName, "deployed");
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
