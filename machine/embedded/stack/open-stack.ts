import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import { readIfPresent, writeAtomically } from "../../system/atomic-file";
import type { Engine } from "../../tools/engine";
import { asUserError } from "./engine-failure";
import type { ProviderSupply } from "../provider/provider-process";
import { repairStack } from "./repair";
import type { HeldStack } from "./stack";
import { copyStackFiles, keepSalt, readProjectName, type StackCopy } from "./stack-files";
import { StackOperations } from "./stack-operations";
import { UserError } from "../../system/user-error";

/** Opens a stack that this process holds, repairs what an interrupted run left, and puts away afterwards what only the engine needed. */
export async function inOpenStack<T>(
  held: HeldStack,
  providers: ProviderSupply,
  use: (stack: StackOperations) => Promise<T>,
): Promise<T> {
  try {
    const stack = await openStack(held);
    const command = held.engine.command;
    const wasInterrupted = repairStack({ ...held, stack, command, isKnown: held.wasInterrupted });
    return await use(new StackOperations({ ...held, stack, mustCompare: wasInterrupted || held.wasDamaged, providers }));
  } catch (error) {
    throw describeOpening(error, held.stackFolder);
  } finally {
    closeWorkDir(held);
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

async function openStack(held: HeldStack): Promise<Stack> {
  const { projectRoot, stackName, stackFolder, engine, program, note } = held;
  const copy = stackCopyOf(held);
  const { workDir } = copy;
  keepSalt(copy);
  const leftOut = copyStackFiles(copy);
  if (leftOut.length > 0)
    note(`Left out of Pulumi.${stackName}.yaml, because only its own backend can read it: ${leftOut.join(", ")}.`);
  const stateFolder = join(stackFolder, "state");
  mkdirSync(stateFolder, { recursive: true });
  const home = join(stackFolder, "home");
  keepNoLogs(home);
  const workspace = await LocalWorkspace.create({
    workDir,
    program,
    pulumiCommand: asCommand(engine),
    pulumiHome: home,
    secretsProvider: "passphrase",
    envVars: engineEnvironment(stackFolder),
  });
  const exists = existsSync(join(stateFolder, ".pulumi", "stacks", readProjectName(projectRoot), `${stackName}.json`));
  // Every command names its stack: selecting one only writes it down, with a run of the engine.
  workspace.selectStack = () => Promise.resolve();
  const stack = await (exists ? Stack.select(stackName, workspace) : Stack.create(stackName, workspace));
  // After an update the SDK asks for the outputs and the history, with three more runs of the engine: the state has the outputs.
  stack.outputs = () => Promise.resolve({});
  stack.info = () => Promise.resolve(undefined);
  return stack;
}

// The SDK makes one only by asking the engine for its version, which is known, with a run of the engine.
function asCommand({ command, version }: Engine): PulumiCommand {
  const known: unknown = Object.create(PulumiCommand.prototype, {
    command: { value: command },
    version: { value: new SemVer(version) },
  });
  if (!(known instanceof PulumiCommand)) throw new TypeError("Object.create has ignored the prototype.");
  return known;
}

// Always in the project, even of a stack that is kept elsewhere, because there the engine finds the commit that is being deployed.
function stackCopyOf({ projectRoot, stackName, stackFolder }: HeldStack): StackCopy {
  const isOwn = stackFolder === join(projectRoot, ".local", stackName);
  const elsewhere = `elsewhere-${createHash("sha256").update(stackFolder).digest("hex").slice(0, 12)}`;
  const workDir = isOwn ? join(stackFolder, "project") : join(projectRoot, ".local", elsewhere);
  return { projectRoot, stackName, workDir, saltFile: join(stackFolder, "encryption-salt") };
}

function closeWorkDir(request: HeldStack): void {
  const copy = stackCopyOf(request);
  keepSalt(copy);
  if (!copy.workDir.startsWith(request.stackFolder)) rmSync(copy.workDir, { recursive: true, force: true });
}

// The engine logs every value that it handles: a quarter of its processor time, and megabytes with each run. No setting ends that; but
// where it cannot make the folder of its logs, it goes on without them.
function keepNoLogs(home: string): void {
  const logs = join(home, "logs");
  if (statSync(logs, { throwIfNoEntry: false })?.isFile()) return;
  rmSync(logs, { recursive: true, force: true });
  writeAtomically(logs, "Not a folder, so that the engine keeps no logs.\n");
}

function engineEnvironment(stackFolder: string): Record<string, string> {
  return {
    // Without the attributes that the engine would keep beside each file: it writes them in place, and a kill in between makes the state unreadable.
    PULUMI_BACKEND_URL: `file://${join(stackFolder, "state")}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: readPassphrase(join(stackFolder, "passphrase")),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // It runs for seconds: collecting its garbage less often costs some memory and saves a tenth of its processor time.
    GOGC: "400",
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
