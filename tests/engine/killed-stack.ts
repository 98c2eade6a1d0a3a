import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployedAlerts } from "./deployed";
import { killFiles, type KillPlan } from "./killing-provider";
import type { Kill } from "./kills";
import type { RunResult } from "./operation-process";
import { changesOf, type ScratchProject } from "./scratch-project";
import { snapshotOf, type StackSnapshot } from "./stack-snapshot";

const killingProviders = {
  kubernetes: join(__dirname, "killing-kubernetes-provider.ts"),
  grafana: join(__dirname, "killing-grafana-provider.ts"),
};

/** The same project before and after a change. */
export interface Projects {
  readonly former: ScratchProject;
  readonly changed: ScratchProject;
}

/** How a stack comes out when nothing is killed, and how many moments each operation has. */
export interface UndisturbedStack {
  readonly former: StackSnapshot;
  readonly changed: StackSnapshot;
  readonly moments: Readonly<Record<Kill["operation"], number>>;
}

/** One stack that is deployed, changed and removed again and again, each time from the same state. */
export class KilledStack {
  constructor(
    private readonly projects: Projects,
    private readonly stackName: string,
  ) {}

  async runUndisturbed(): Promise<UndisturbedStack> {
    const { former } = this.projects;
    changesOf(await former.run(this.stackName, "up"));
    cpSync(this.folder(), this.formerFolder, { recursive: true });
    const creation = await this.countMoments("creation");
    const changed = snapshotOf(this.folder("changed"));
    const update = await this.countMoments("update");
    assert.deepEqual(snapshotOf(this.folder("changed")), changed, "An update leads elsewhere than a creation.");
    const alerts = deployedAlerts(this.projects.changed.deployed(this.stackName));
    assert.deepEqual(
      ["MCActorPanicsOn", "MCFencedOut"].map((name) => alerts.includes(name)),
      [true, false],
    );
    const removal = await this.countMoments("removal");
    return { former: snapshotOf(this.formerFolder), changed, moments: { creation, update, removal } };
  }

  /** Runs an operation that is killed. One that ends before its kill is run again, with an earlier one. */
  async kill(kill: Kill, moments: number): Promise<RunResult> {
    const drawn = 1 + Math.floor(kill.part * moments);
    const attempts = [
      { moment: drawn, afterMs: kill.afterMs },
      { moment: drawn, afterMs: 0 },
      { moment: Math.ceil(drawn / 2), afterMs: 0 },
    ];
    for (const attempt of attempts) {
      this.restore(kill.operation);
      const result = await this.run(kill.operation, { ...attempt, victims: kill.victims });
      if (existsSync(join(this.folder("changed"), killFiles.killed))) return result;
    }
    throw new Error(`Nothing was killed: the ${kill.operation} of ${this.stackName} has fewer than ${drawn / 2} moments.`);
  }

  /** Deploys, after a kill, the changed program, or the former one in the same place. */
  async up(program: keyof Projects): Promise<RunResult> {
    for (const file of Object.values(killFiles)) rmSync(join(this.folder("changed"), file), { force: true });
    if (program === "former") {
      rmSync(this.folder(), { recursive: true, force: true });
      cpSync(this.folder("changed"), this.folder(), { recursive: true });
    }
    return this.projects[program].runNext(this.stackName, "up");
  }

  folder(program: keyof Projects = "former"): string {
    return join(this.projects[program].root, ".local", this.stackName);
  }

  private get formerFolder(): string {
    return join(this.projects.former.root, ".local", `kept-${this.stackName}`);
  }

  private async countMoments(operation: Kill["operation"]): Promise<number> {
    this.restore(operation);
    changesOf(await this.run(operation));
    return readFileSync(join(this.folder("changed"), killFiles.moments), "utf8").split("\n").length - 1;
  }

  private restore(operation: Kill["operation"]): void {
    rmSync(this.folder("changed"), { recursive: true, force: true });
    if (operation !== "creation") cpSync(this.formerFolder, this.folder("changed"), { recursive: true });
  }

  private run(operation: Kill["operation"], plan?: KillPlan): Promise<RunResult> {
    mkdirSync(this.folder("changed"), { recursive: true });
    if (plan) writeFileSync(join(this.folder("changed"), killFiles.plan), JSON.stringify(plan));
    return this.projects.changed.run(this.stackName, operation === "removal" ? "destroy" : "up", killingProviders);
  }
}
