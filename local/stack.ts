import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { LocalWorkspace, type PulumiCommand, type PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { readIfPresent, writeAtomically } from "./atomic-file";
import { mendState } from "./damaged-state";
import { provideEngine } from "./engine";
import { asUserError } from "./engine-failure";
import { clearEngineLocks } from "./interruption";
import { inIsolatedEnvironment } from "./isolated-environment";
import { embeddedProviders, type ProviderModules, ProviderSupply } from "./provider-process";
import { repairStack } from "./repair";
import { copyStackFiles, keepSalt, readProjectName, requireStack, type StackCopy } from "./stack-files";
import { takeStack } from "./stack-lock";
import { StackOperations } from "./stack-operations";
import { UserError } from "./user-error";

/** Which stack to work on, and where. */
export interface StackRequest {
  /** The folder of Pulumi.yaml and of the stack's file: the project, or a worktree of it. */
  readonly projectRoot: string;
  readonly stackName: string;
  readonly program: PulumiFn;
  /** What to do meanwhile, when the engine has been started and is awaited. */
  readonly meanwhile?: () => void;
  /** Where stacks are kept. Without it: `.local` in the project. */
  readonly localFolder?: string;
  /** Where tools are built. Without it: in the project. A worktree uses those of its origin. */
  readonly toolsRoot?: string;
  readonly providers?: ProviderModules;
  readonly note: (line: string) => void;
}

/** Opens a stack on the embedded target, for this process alone, repairs what an interrupted run left, and closes it afterwards. */
export async function withStack<T>(request: StackRequest, use: (stack: StackOperations) => Promise<T>): Promise<T> {
  const { projectRoot, stackName, note } = request;
  requireStack(projectRoot, stackName);
  const command = await provideEngine({ projectRoot: request.toolsRoot ?? projectRoot, note });
  const stackFolder = join(request.localFolder ?? join(projectRoot, ".local"), stackName);
  const lock = takeStack(stackFolder, stackName);
  try {
    return await inIsolatedEnvironment(() =>
      useStack({ ...request, stackFolder, command, wasInterrupted: lock.wasInterrupted }, use),
    );
  } finally {
    lock.release();
  }
}

async function useStack<T>(request: OpenStack, use: (stack: StackOperations) => Promise<T>): Promise<T> {
  const { stackFolder, program, stackName } = request;
  const hadLocks = await clearEngineLocks(join(stackFolder, "state"), stackName);
  const wasDamaged = mendState({ ...request, projectName: readProjectName(request.projectRoot) });
  const providers = new ProviderSupply(request.providers ?? embeddedProviders, join(stackFolder, "deployed"));
  try {
    const opening = openStack(request);
    if (request.meanwhile) setImmediate(request.meanwhile);
    const stack = await opening;
    const wasInterrupted = repairStack({ ...request, stack, isKnown: request.wasInterrupted || hadLocks });
    return await use(
      new StackOperations({
        stack,
        stackFolder,
        mustCompare: wasInterrupted || wasDamaged,
        program,
        providers,
        note: request.note,
      }),
    );
  } catch (error) {
    throw describeOpening(error, stackFolder);
  } finally {
    await providers.close();
    closeWorkDir(request);
  }
}

// What the engine says before an operation has begun; only the passphrase shows later, too.
function describeOpening(error: unknown, stackFolder: string): unknown {
  const failure = asUserError({ error, problems: [], whenItFails: "Nothing was deployed." });
  if (!(failure instanceof Error) || !failure.message.includes("incorrect passphrase")) return failure;
  const passphrase = relative(process.cwd(), join(stackFolder, "passphrase"));
  return new UserError(
    `The passphrase in ${passphrase} is not the one that the state was written with. Put that one back, or make the state anew from what is deployed: rm ${passphrase}, then npm run up`,
  );
}

interface OpenStack extends StackRequest {
  readonly stackFolder: string;
  readonly command: PulumiCommand;
  readonly wasInterrupted: boolean;
}

async function openStack(request: OpenStack): Promise<Stack> {
  const { projectRoot, stackName, stackFolder, command, program, note } = request;
  const copy = stackCopyOf(request);
  const { workDir } = copy;
  keepSalt(copy);
  const leftOut = copyStackFiles(copy);
  if (leftOut.length > 0)
    note(`Left out of Pulumi.${stackName}.yaml, because only its own backend can read it: ${leftOut.join(", ")}.`);
  const stateFolder = join(stackFolder, "state");
  mkdirSync(stateFolder, { recursive: true });
  const workspace = await LocalWorkspace.create({
    workDir,
    program,
    pulumiCommand: command,
    pulumiHome: join(stackFolder, "home"),
    secretsProvider: "passphrase",
    envVars: engineEnvironment(stackFolder),
  });
  const exists = existsSync(join(stateFolder, ".pulumi", "stacks", readProjectName(projectRoot), `${stackName}.json`));
  // Every command names its stack: selecting one only writes it down, with a run of the engine.
  workspace.selectStack = () => Promise.resolve();
  const stack = await (exists ? Stack.select(stackName, workspace) : Stack.create(stackName, workspace));
  return stack;
}

// Always in the project, even of a stack that is kept elsewhere, because there the engine finds the commit that is being deployed.
function stackCopyOf({ projectRoot, stackName, stackFolder }: OpenStack): StackCopy {
  const isOwn = stackFolder === join(projectRoot, ".local", stackName);
  const elsewhere = `elsewhere-${createHash("sha256").update(stackFolder).digest("hex").slice(0, 12)}`;
  const workDir = isOwn ? join(stackFolder, "project") : join(projectRoot, ".local", elsewhere);
  return { projectRoot, stackName, workDir, saltFile: join(stackFolder, "encryption-salt") };
}

function closeWorkDir(request: OpenStack): void {
  const copy = stackCopyOf(request);
  keepSalt(copy);
  if (!copy.workDir.startsWith(request.stackFolder)) rmSync(copy.workDir, { recursive: true, force: true });
}

function engineEnvironment(stackFolder: string): Record<string, string> {
  return {
    // Without the attributes that the engine would keep beside each file: it writes them in place, and a kill in between makes the state unreadable.
    PULUMI_BACKEND_URL: `file://${join(stackFolder, "state")}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: readPassphrase(join(stackFolder, "passphrase")),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_OPTION_COLOR: "never",
    NO_COLOR: "1",
  };
}

// Random, because it is written down anyway: it keeps secrets out of a state that someone copies, not from the owner of this folder.
function readPassphrase(path: string): string {
  const existing = readIfPresent(path);
  if (existing !== undefined) return existing;
  const passphrase = randomBytes(24).toString("base64url");
  writeAtomically(path, passphrase, 0o600);
  return passphrase;
}
