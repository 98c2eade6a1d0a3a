import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { brokenLinks, filesIn } from "./deployed";
import type { RunResult } from "./operation-process";
import { changesOf, failureOf, type ScratchProject, scratchProject } from "./scratch-project";
import { snapshotOf, type StackSnapshot } from "./stack-snapshot";

const stacks = ["dev", "staging", "prod"] as const;

function snapshots({ root }: ScratchProject): Readonly<Record<string, StackSnapshot>> {
  return Object.fromEntries(stacks.map((stack) => [stack, snapshotOf(join(root, ".local", stack))]));
}

describe("runs at the same time, from one clone", () => {
  const oneByOne = scratchProject();
  const sideBySide = scratchProject();
  afterAll(() => {
    oneByOne.remove();
    sideBySide.remove();
  });

  it("of one stack: the second is told at once to wait, and nothing is lost", async () => {
    const running = [oneByOne.start("dev", "up"), oneByOne.start("dev", "up")] as const;
    const order: number[] = [];
    const results = await Promise.all(running.map(async (run) => ({ pid: run.pid, result: await noting(run, order) })));
    const [refused, ...rest] = results.filter(({ result }) => "failure" in result);
    const [deployed] = results.filter(({ result }) => !("failure" in result));
    assert.ok(refused && deployed && rest.length === 0, JSON.stringify(results));
    assert.match(
      failureOf(refused.result),
      new RegExp(
        `^Stack "dev" is in use: "run-stack\\.ts" \\(process ${deployed.pid}\\) has worked on it since \\S+Z\\. Nothing was changed; try again when it is done\\.$`,
      ),
    );
    assert.deepEqual(order, [refused.pid, deployed.pid], "The second waited for the first.");
    assert.ok(changesOf(deployed.result).length > 0);
    const before = snapshotOf(join(oneByOne.root, ".local", "dev"));
    assert.deepEqual(changesOf(await oneByOne.run("dev", "up")), []);
    assert.deepEqual(snapshotOf(join(oneByOne.root, ".local", "dev")), before);
  });

  it("of three stacks: each comes out as when it is deployed alone", async () => {
    for (const stack of ["staging", "prod"] as const) changesOf(await oneByOne.run(stack, "up"));
    const results = await Promise.all(stacks.map((stack) => sideBySide.run(stack, "up")));
    for (const result of results) assert.ok(changesOf(result).every((change) => change.startsWith("created ")));
    assert.deepEqual(snapshots(sideBySide), snapshots(oneByOne));
    for (const stack of stacks) assert.deepEqual(brokenLinks(sideBySide.deployed(stack)), []);
  });

  it("leaves nothing in the clone but the folder of each stack", () => {
    const ofStacks = filesIn(join(sideBySide.root, ".local")).map((file) => file.slice(sideBySide.root.length).split("/")[2]);
    assert.deepEqual([...new Set(ofStacks)].sort(), [...stacks].sort());
  });
});

async function noting({ pid, ended }: { readonly pid: number; readonly ended: Promise<RunResult> }, order: number[]) {
  const result = await ended;
  order.push(pid);
  return result;
}
