import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { RunError } from "@pulumi/pulumi";
import type { OutputMap, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { removeEmptyFolders, writeAtomically } from "./atomic-file";
import { EngineRecord, plainOutputs, type ResourceChange } from "./engine-events";
import { asUserError } from "./engine-failure";
import { deployedResources, type EngineState, readEngineState, readStackOutputs } from "./engine-state";
import { listenForInterrupt } from "./interrupt";
import { removeUnrecorded } from "./interruption";
import { describeNames, describeResource, findMissing } from "./missing-files";
import { asProperties } from "./property-values";
import type { ProviderSupply } from "./provider-process";
import { Interrupted, UserError } from "./user-error";

/** What one run of the engine did, or in a preview would do. */
export interface Outcome {
  readonly changes: readonly ResourceChange[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The outputs of the deployment before. */
  readonly outputsBefore: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/** How to deploy: whether to compare the state with what is deployed first. After an interrupted run that is always done. */
export interface DeployOptions {
  readonly refresh?: boolean;
}

interface OpenedStack {
  readonly stack: Stack;
  readonly stackFolder: string;
  /** Whether what is deployed may differ from the state. */
  readonly mustCompare: boolean;
  readonly program: PulumiFn;
  readonly providers: ProviderSupply;
  readonly note: (line: string) => void;
}

/** What every command of the engine is given. */
interface CommandOptions {
  readonly onEvent: EngineRecord["onEvent"];
  readonly signal: AbortSignal;
  readonly color: "never";
}

/** Begins a step of an operation, with what to say when it fails. */
type BeginStep = (whenItFails: string) => CommandOptions;
type Run = (running: { begin: BeginStep; program: PulumiFn; returned: () => unknown }) => Promise<OutputMap | undefined>;

const nothingDeployed = "Nothing was deployed.";

/** What can be done with an opened stack. Each operation has provider processes of its own. */
export class StackOperations {
  /** The engine's own view of the stack: its history, outputs, state. */
  readonly stack: Stack;
  /** The folder of what is deployed. */
  readonly deployedFolder: string;
  /** There while what is deployed may differ from the state: a preview alone does not put that right. */
  private readonly needsRefresh: string;

  constructor(private readonly opened: OpenedStack) {
    this.stack = opened.stack;
    this.deployedFolder = join(opened.stackFolder, "deployed");
    this.needsRefresh = join(opened.stackFolder, "needs-refresh");
    if (opened.mustCompare) writeAtomically(this.needsRefresh, "");
  }

  /** What is deployed, by kind and name. */
  deployedResources(): readonly string[] {
    return deployedResources(this.readState()).map(describeResource).sort();
  }

  async preview(options: DeployOptions = {}): Promise<Outcome> {
    const refresh = this.mustRefresh(options) || this.isIncomplete();
    return this.run(async ({ begin, program, returned }) => {
      await this.stack.preview({ ...begin(nothingDeployed), program, refresh });
      return asOutputs(asProperties(returned()));
    });
  }

  /**
   * Previews first, so that whatever a provider refuses is refused before anything is deployed. Where that finds nothing
   * to change, nothing is run: an update that changes nothing would only add to the history, and take as long again.
   */
  async up(options: DeployOptions = {}): Promise<Outcome> {
    const refresh = this.mustRefresh(options) || this.isIncomplete();
    const outcome = await this.run(async ({ begin, program, returned }) => {
      const { changeSummary } = await this.stack.preview({ ...begin(nothingDeployed), program, refresh });
      const recorded = this.recordedOutputs();
      if (!refresh && isUnchanged(changeSummary) && isDeepStrictEqual(returned(), recorded)) return asOutputs(recorded);
      const { outputs } = await this.stack.up({
        ...begin("Deployed in part. Run the same command again: it goes on from there."),
        program,
        refresh,
      });
      this.removeLeftovers();
      return outputs;
    });
    rmSync(this.needsRefresh, { force: true });
    return outcome;
  }

  async destroy(options: DeployOptions = {}): Promise<Outcome> {
    const refresh = this.mustRefresh(options);
    const outcome = await this.run(async ({ begin }) => {
      await this.stack.destroy({ ...begin("Removed in part. Run the same command again: it goes on from there."), refresh });
      this.removeLeftovers();
      return undefined;
    });
    rmSync(this.needsRefresh, { force: true });
    return outcome;
  }

  private mustRefresh({ refresh = false }: DeployOptions): boolean {
    return refresh || existsSync(this.needsRefresh);
  }

  /** Whether files are gone that the engine believes to be there: without a comparison it would leave it at that. */
  private isIncomplete(): boolean {
    const missing = findMissing(this.deployedFolder, this.readState());
    if (missing.length > 0) this.opened.note(`Deployed, but no longer in the folder: ${describeNames(missing)}. Made anew.`);
    return missing.length > 0;
  }

  private readState(): EngineState {
    return readEngineState(join(this.opened.stackFolder, "state"));
  }

  private recordedOutputs(): Readonly<Record<string, unknown>> {
    return readStackOutputs(join(this.opened.stackFolder, "state"));
  }

  private removeLeftovers(): void {
    removeUnrecorded(this.deployedFolder, this.readState());
  }

  private async run(operation: Run): Promise<Outcome> {
    const started = Date.now();
    let step = { record: new EngineRecord(), whenItFails: nothingDeployed };
    const outputsBefore = this.recordedOutputs();
    const interrupt = listenForInterrupt();
    const begin: BeginStep = (whenItFails) => {
      step = { record: new EngineRecord(), whenItFails };
      return { onEvent: step.record.onEvent, signal: interrupt.signal, color: "never" };
    };
    const { program, caught, returned } = watching(this.opened.program);
    const { debugProviders, stop } = await this.opened.providers.take();
    this.stack.workspace.envVars["PULUMI_DEBUG_PROVIDERS"] = debugProviders;
    try {
      const outputs = await operation({ begin, program, returned });
      return {
        changes: step.record.changes,
        outputs: plainOutputs(outputs ?? {}),
        outputsBefore,
        seconds: (Date.now() - started) / 1000,
      };
    } catch (error) {
      if (interrupt.wasAsked()) throw new Interrupted(`Interrupted. ${step.whenItFails}`);
      throw caught() ?? asUserError({ error, problems: step.record.problems, whenItFails: step.whenItFails });
    } finally {
      interrupt.dispose();
      stop();
      removeEmptyFolders(this.deployedFolder);
    }
  }
}

function isUnchanged(summary: Readonly<Record<string, number>>): boolean {
  return Object.keys(summary).every((operation) => operation === "same");
}

function asOutputs(values: Readonly<Record<string, unknown>>): OutputMap {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, secret: false }]));
}

// What the program throws, because the engine would pass on the message alone, once for each place that it went through; and what it returns.
function watching(program: PulumiFn): { program: PulumiFn; caught: () => unknown; returned: () => unknown } {
  let thrown: unknown;
  let outputs: unknown;
  const wrapped: PulumiFn = async () => {
    try {
      const result = await program();
      outputs = result ?? {};
      return result;
    } catch (error) {
      thrown = RunError.isInstance(error) ? new UserError(error.message) : error;
      throw error;
    }
  };
  return { program: wrapped, caught: () => thrown, returned: () => outputs };
}
