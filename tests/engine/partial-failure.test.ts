import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { StackOperations } from "../../local/stack-operations";
import { brokenLinks, deployedAlerts, filesIn } from "./deployed";
import { scratchProject } from "./scratch-project";

const failingProviders = {
  kubernetes: join(__dirname, "failing-kubernetes-provider.ts"),
  grafana: join(__dirname, "failing-grafana-provider.ts"),
};

/** prod sends its dashboards to Grafana, so both providers take part. */
describe("a provider that fails at the k-th operation, for every k", () => {
  const project = scratchProject();
  const folder = join(project.root, ".local", "prod");
  const deployed = project.deployed("prod");
  after(() => {
    project.remove();
  });

  /** Runs the operation with a failure at 1, 2, …, and what follows each failure, until one runs to its end. */
  async function failEverywhere(
    operation: (stack: StackOperations) => Promise<unknown>,
    afterwards: () => Promise<unknown>,
  ): Promise<number> {
    for (let failAt = 1; ; failAt += 1) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "fail-at"), String(failAt));
      rmSync(join(folder, "operations"), { force: true });
      const failed = await project.open("prod", operation, failingProviders).then(
        () => false,
        () => true,
      );
      assert.deepEqual(brokenLinks(deployed), [], `after a failure at operation ${failAt}`);
      await afterwards();
      if (!failed) return failAt - 1;
    }
  }

  it("never leaves an alert without its runbook or dashboard when a stack is created, and the next up converges", async () => {
    const failures = await failEverywhere(
      (stack) => stack.up(),
      async () => {
        await project.open("prod", (stack) => stack.up());
        assert.deepEqual(brokenLinks(deployed), []);
        assert.notDeepEqual(deployedAlerts(deployed), []);
        const { changes } = await project.open("prod", (stack) => stack.up());
        assert.deepEqual([...new Set(changes.map(({ kind }) => kind))], ["unchanged"]);
        await project.open("prod", (stack) => stack.destroy());
      },
    );
    assert.ok(failures >= 8, `only ${failures} operations could fail`);
  });

  it("never leaves one when a stack is destroyed, and the next destroy leaves nothing", async () => {
    await project.open("prod", (stack) => stack.up());
    const failures = await failEverywhere(
      (stack) => stack.destroy(),
      async () => {
        await project.open("prod", (stack) => stack.destroy());
        assert.deepEqual(filesIn(deployed), []);
        await project.open("prod", (stack) => stack.up());
      },
    );
    assert.ok(failures >= 8, `only ${failures} operations could fail`);
  });
});
