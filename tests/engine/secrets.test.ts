import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { filesIn } from "./deployed";
import { changesOf, scratchProject } from "./scratch-project";

describe("Grafana's token", () => {
  const project = scratchProject();
  afterAll(() => {
    project.remove();
  });

  it("is in nothing that a deployment writes: manifests, dashboards, state, history", async () => {
    process.env["GRAFANA_AUTH"] = "glsa_never_written_down";
    const result = await project.run("prod", "up");
    assert.notDeepEqual(changesOf(result), []);
    assert.doesNotMatch(JSON.stringify(result), /glsa_never_written_down/);
    const written = filesIn(join(project.root, ".local"));
    assert.ok(written.length > 10);
    assert.deepEqual(
      written.filter((file) => readFileSync(file, "latin1").includes("glsa_never_written_down")),
      [],
    );
  });
});
