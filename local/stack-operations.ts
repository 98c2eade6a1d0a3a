import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";
import type { OutputMap, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { removeEmptyFolders } from "./atomic-file";
import { EngineRecord, plainOutputs, type ResourceChange } from "./engine-events";
import { asUserError } from "./engine-failure";
import { readEngineState } from "./engine-state";
import { listenForInterrupt } from "./interrupt";
import { removeUnrecorded } from "./interruption";
import type { ProviderSupply } from "./provider-process";
import { UserError } from "./user-error";

/** What one run of the engine did, or in a preview would do. */
export interface Outcome {
  readonly changes: readonly ResourceChange[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/** How to deploy: whether to compare the state with what is deployed first. */
export interface DeployOptions {
  readonly refresh?: boolean;
}

interface OpenedStack {
  readonly stack: Stack;
  readonly stackFolder: string;
  readonly wasInterrupted: boolean;
  readonly program: PulumiFn;
  readonly providers: ProviderSupply;
}

/** What every command of the engine is given. */
interface CommandOptions {
  readonly onEvent: EngineRecord["onEvent"];
  readonly signal: AbortSignal;
  readonly color: "never";
}

/** Begins a step of an operation, with what to say when it fails. */
type BeginStep = (whenItFails: string) => CommandOptions;
type Run = (begin: BeginStep, program: PulumiFn) => Promise<OutputMap | undefined>;

const nothingDeployed = "Nothing was deployed.";

/** What can be done with an opened stack. Each operation has provider processes of its own. */
export class StackOperations {
  /** The engine's own view of the stack: its history, outputs, state. */
  readonly stack: Stack;
  /** The folder of what is deployed. */
  readonly deployedFolder: string;
  private needsRefresh: boolean;

  constructor(private readonly opened: OpenedStack) {
    this.stack = opened.stack;
    this.deployedFolder = join(opened.stackFolder, "deployed");
    this.needsRefresh = opened.wasInterrupted;
  }

  async preview({ refresh = this.needsRefresh }: DeployOptions = {}): Promise<Outcome> {
    return this.run(async (begin, program) => {
      await this.stack.preview({ ...begin(nothingDeployed), program, refresh });
      return undefined;
    });
  }

  /** Previews first, so that whatever a provider refuses is refused before anything is deployed. */
  async up({ refresh = this.needsRefresh }: DeployOptions = {}): Promise<Outcome> {
    const outcome = await this.run(async (begin, program) => {
      await this.stack.preview({ ...begin(nothingDeployed), program, refresh });
      const { outputs } = await this.stack.up({
        ...begin("Deployed in part; the next run goes on from there."),
        program,
        refresh,
      });
      this.removeLeftovers();
      return outputs;
    });
    this.needsRefresh = false;
    return outcome;
  }

  async destroy({ refresh = this.needsRefresh }: DeployOptions = {}): Promise<Outcome> {
    return this.run(async (begin) => {
      await this.stack.destroy({ ...begin("Removed in part; the next run goes on from there."), refresh });
      this.removeLeftovers();
      return undefined;
    });
  }

  private removeLeftovers(): void {
    removeUnrecorded(this.deployedFolder, readEngineState(join(this.opened.stackFolder, "state")));
  }

  private async run(operation: Run): Promise<Outcome> {
    const started = Date.now();
    let step = { record: new EngineRecord(), whenItFails: nothingDeployed };
    const interrupt = listenForInterrupt();
    const begin: BeginStep = (whenItFails) => {
      step = { record: new EngineRecord(), whenItFails };
      return { onEvent: step.record.onEvent, signal: interrupt.signal, color: "never" };
    };
    const { program, caught } = catching(this.opened.program);
    const { debugProviders, stop } = await this.opened.providers.take();
    this.stack.workspace.envVars["PULUMI_DEBUG_PROVIDERS"] = debugProviders;
    try {
      const outputs = await operation(begin, program);
      return { changes: step.record.changes, outputs: plainOutputs(outputs ?? {}), seconds: (Date.now() - started) / 1000 };
    } catch (error) {
      if (interrupt.wasAsked()) throw new UserError(`Interrupted. ${step.whenItFails}`);
      throw caught() ?? asUserError({ error, problems: step.record.problems, whenItFails: step.whenItFails });
    } finally {
      interrupt.dispose();
      stop();
      removeEmptyFolders(this.deployedFolder);
    }
  }
}

// The engine would pass on the message alone, once for each place that it went through.
function catching(program: PulumiFn): { program: PulumiFn; caught: () => unknown } {
  let thrown: unknown;
  const wrapped: PulumiFn = async () => {
    try {
      return await program();
    } catch (error) {
      thrown = RunError.isInstance(error) ? new UserError(error.message) : error;
      throw error;
    }
  };
  return { program: wrapped, caught: () => thrown };
}
