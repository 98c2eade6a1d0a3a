import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { brokenLinks, filesIn } from "./deployed";
import { changesOf, scratchProject } from "./scratch-project";

const failingProviders = {
  kubernetes: join(__dirname, "failing-kubernetes-provider.ts"),
  grafana: join(__dirname, "failing-grafana-provider.ts"),
};

/** prod sends its dashboards to Grafana, so both providers take part. */
describe("a provider that fails at the k-th operation", () => {
  const project = scratchProject();
  const deployed = project.deployed("prod");
  afterAll(() => {
    project.remove();
  });

  function contents(): readonly string[] {
    return filesIn(deployed).map((file) => `${file}\n${readFileSync(file, "utf8")}`);
  }

  /** Whether the operation failed when its k-th change did; it has fewer changes when it did not. */
  async function failsAt(operation: "up" | "destroy", k: number): Promise<boolean> {
    writeFileSync(join(deployed, "..", "fail-at"), String(k));
    rmSync(join(deployed, "..", "operations"), { force: true });
    const result = await project.runNext("prod", operation, failingProviders);
    assert.deepEqual(brokenLinks(deployed), [], `${operation}, with a failure at operation ${k}`);
    return "failure" in result;
  }

  it("never leaves an alert without its runbook or dashboard, for every k, and the next run converges", async () => {
    changesOf(await project.runNext("prod", "up"));
    const whole = contents();
    const changes = changesOf(await project.runNext("prod", "destroy")).length;
    assert.ok(changes >= 8, `only ${changes} operations can fail`);
    for (let k = 1; k <= changes; k += 1) {
      assert.equal(await failsAt("up", k), true, `creation, operation ${k}`);
      changesOf(await project.runNext("prod", "up"));
      assert.deepEqual(contents(), whole);
      assert.equal(await failsAt("destroy", k), true, `removal, operation ${k}`);
      changesOf(await project.runNext("prod", "destroy"));
      assert.deepEqual(contents(), []);
    }
  });
});
