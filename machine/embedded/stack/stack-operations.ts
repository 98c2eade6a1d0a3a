import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { RunError } from "@pulumi/pulumi";
import type { OutputMap, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { readIfPresent, removeEmptyFolders, writeAtomically } from "../../system/atomic-file";
import { EngineRecord, plainOutputs, type ResourceChange } from "./engine-events";
import { asUserError } from "./engine-failure";
import { deployedResources, type EngineState, readEngineState, readStackOutputs } from "./engine-state";
import { listenForInterrupt } from "../../system/interrupt";
import { removeUnrecorded } from "./interruption";
import { describeNames, describeResource, findMissing } from "./missing-files";
import { hashInputs } from "../../system/program-inputs";
import { asProperties, hasSecret } from "../provider/property-values";
import type { ProviderSupply } from "../provider/provider-process";
import { Interrupted, UserError } from "../../system/user-error";

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
  readonly projectRoot: string;
  readonly stackFolder: string;
  /** Whether what is deployed may differ from the state. */
  readonly mustCompare: boolean;
  readonly program: PulumiFn;
  readonly providers: ProviderSupply;
  readonly note: (line: string) => void;
  readonly meanwhile?: () => void;
}

/** What every command of the engine is given. */
interface CommandOptions {
  readonly onEvent: EngineRecord["onEvent"];
  readonly signal: AbortSignal;
  readonly color: "never";
}

/** Begins a step of an operation, with what to say when it fails. */
type BeginStep = (whenItFails: string) => CommandOptions;
interface Running {
  readonly begin: BeginStep;
  readonly program: PulumiFn;
  readonly returned: () => unknown;
}

const nothingDeployed = "Nothing was deployed.";
const deployedInPart = "Deployed in part. Run the same command again: it goes on from there.";

/** What can be done with an opened stack. Each operation has provider processes of its own. */
export class StackOperations {
  /** The engine's own view of the stack: its history, outputs, state. */
  readonly stack: Stack;
  /** The folder of what is deployed. */
  readonly deployedFolder: string;
  /** There while what is deployed may differ from the state: a preview alone does not put that right. */
  private readonly needsRefresh: string;
  /** A hash of what the stack was deployed from last; not there while that is not known. */
  private readonly deployedFrom: string;

  constructor(private readonly opened: OpenedStack) {
    this.stack = opened.stack;
    this.deployedFolder = join(opened.stackFolder, "deployed");
    this.needsRefresh = join(opened.stackFolder, "needs-refresh");
    this.deployedFrom = join(opened.stackFolder, "deployed-from");
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
   * Previews first, so that whatever a provider refuses is refused before anything is deployed. Where nothing has changed
   * from which the stack was deployed last, and the preview finds that so, nothing is deployed: it would only add to the
   * history. Else one run of the engine previews and deploys.
   */
  async up(options: DeployOptions = {}): Promise<Outcome> {
    const refresh = this.mustRefresh(options) || this.isIncomplete();
    const inputs = hashInputs(this.opened.projectRoot, this.stack.name);
    const isExpectedToChange = refresh || readIfPresent(this.deployedFrom) !== inputs;
    const outcome = await this.run(async (running) => {
      const { begin, program, returned } = running;
      if (!isExpectedToChange) {
        const { changeSummary } = await this.stack.preview({ ...begin(nothingDeployed), program });
        const recorded = this.recordedOutputs();
        if (isUnchanged(changeSummary) && isDeepStrictEqual(returned(), recorded)) return asOutputs(recorded);
      }
      rmSync(this.deployedFrom, { force: true });
      await this.deploy(running, refresh);
      return asOutputs(this.recordedOutputs());
    });
    rmSync(this.needsRefresh, { force: true });
    writeAtomically(this.deployedFrom, inputs);
    return outcome;
  }

  /** Deploys without a preview before it: a stack that nobody uses. */
  deployUnused(): Promise<Outcome> {
    return this.run(async ({ begin, program }) => {
      await this.stack.up({ ...begin(nothingDeployed), program });
      return asOutputs(this.recordedOutputs());
    });
  }

  async destroy(options: DeployOptions = {}): Promise<Outcome> {
    const refresh = this.mustRefresh(options);
    rmSync(this.deployedFrom, { force: true });
    const outcome = await this.run(async ({ begin }) => {
      await this.stack.destroy({ ...begin("Removed in part. Run the same command again: it goes on from there."), refresh });
      this.removeLeftovers();
      return undefined;
    });
    rmSync(this.needsRefresh, { force: true });
    return outcome;
  }

  /** In one run of the engine, which previews first. What it says of the preview is forgotten when it begins to deploy. */
  private async deploy({ begin, program }: Running, refresh: boolean): Promise<void> {
    let step = begin(nothingDeployed);
    let preludes = 0;
    const onEvent: EngineRecord["onEvent"] = (event) => {
      if (event.preludeEvent && ++preludes === 2) step = begin(deployedInPart);
      step.onEvent(event);
    };
    // The SDK's own argument, which comes before, says the contrary.
    this.beforeEngine(["--skip-preview=false"]);
    await this.stack.up({ ...step, program, refresh, onEvent });
    this.removeLeftovers();
  }

  /** What the SDK asks for just before it starts the engine. */
  private beforeEngine(args: readonly string[] = []): void {
    const { meanwhile } = this.opened;
    this.stack.workspace.serializeArgsForOp = () => {
      if (meanwhile) setImmediate(meanwhile);
      return Promise.resolve([...args]);
    };
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

  private async run(operation: (running: Running) => Promise<OutputMap | undefined>): Promise<Outcome> {
    const started = Date.now();
    this.beforeEngine();
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
  // What a program only looks for is read in every run.
  return Object.keys(summary).every((operation) => operation === "same" || operation === "read");
}

function asOutputs(values: Readonly<Record<string, unknown>>): OutputMap {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, secret: hasSecret(value) }]));
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
