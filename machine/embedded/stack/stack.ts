import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { mendState } from "./damaged-state";
import { type Engine, provideEngine } from "../../tools/engine";
import { clearEngineLocks } from "./interruption";
import type * as openStack from "./open-stack";
import { inIsolatedEnvironment } from "../../system/isolated-environment";
import { embeddedProviders, type ProviderModules, ProviderSupply } from "../provider/provider-process";
import { readProjectName, requireStack } from "./stack-files";
import { takeStack } from "./stack-lock";
import type { StackOperations } from "./stack-operations";

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
  /** Where tools are pinned. Without it: in the project. A worktree uses those of its origin. */
  readonly toolsRoot?: string;
  /** The engine, when it has been found already. */
  readonly engine?: Engine;
  readonly providers?: ProviderModules;
  readonly note: (line: string) => void;
}

/** Opens a stack on the embedded target, for this process alone, repairs what an interrupted run left, and closes it afterwards. */
export async function withStack<T>(request: StackRequest, use: (stack: StackOperations) => Promise<T>): Promise<T> {
  const { projectRoot, stackName, note } = request;
  requireStack(projectRoot, stackName);
  const engine = request.engine ?? (await provideEngine({ projectRoot: request.toolsRoot ?? projectRoot, note }));
  const stackFolder = join(request.localFolder ?? join(projectRoot, ".local"), stackName);
  const lock = takeStack(stackFolder, stackName);
  try {
    return await inIsolatedEnvironment(() =>
      useStack({ ...request, stackFolder, engine, wasInterrupted: lock.wasInterrupted }, use),
    );
  } finally {
    lock.release();
  }
}

/** A stack that this process holds. */
export interface HeldStack extends StackRequest {
  readonly stackFolder: string;
  readonly engine: Engine;
  readonly wasInterrupted: boolean;
  /** Whether its state could not be read, and had to be mended. */
  readonly wasDamaged: boolean;
}

async function useStack<T>(held: Omit<HeldStack, "wasDamaged">, use: (stack: StackOperations) => Promise<T>): Promise<T> {
  const { stackFolder, stackName, providers: modules = embeddedProviders } = held;
  const hadLocks = await clearEngineLocks(join(stackFolder, "state"), stackName);
  const wasDamaged = mendState({ ...held, projectName: readProjectName(held.projectRoot) });
  const providers = new ProviderSupply(modules, join(stackFolder, "deployed"));
  try {
    // Loaded when the providers have been started: they and the SDK take about as long to load, each in its process.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
    const { inOpenStack } = require("./open-stack") as typeof openStack;
    return await inOpenStack({ ...held, wasInterrupted: held.wasInterrupted || hadLocks, wasDamaged }, providers, use);
  } finally {
    await providers.close();
  }
}
