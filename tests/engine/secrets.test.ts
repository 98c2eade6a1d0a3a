import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { filesIn } from "./deployed";
import type { RunResult } from "./operation-process";
import { changesOf, scratchProject } from "./scratch-project";

describe("Grafana's token", () => {
  const project = scratchProject();
  afterAll(() => {
    project.remove();
  });

  const home = join(project.root, ".local", "prod", "home");
  let result: RunResult;
  beforeAll(async () => {
    mkdirSync(join(home, "logs"), { recursive: true });
    writeFileSync(join(home, "logs", "of-an-earlier-version.log"), "every value\n");
    process.env["GRAFANA_AUTH"] = "glsa_never_written_down";
    result = await project.run("prod", "up");
  });

  it("is in nothing that a deployment writes: manifests, dashboards, state, history", () => {
    assert.notDeepEqual(changesOf(result), []);
    assert.doesNotMatch(JSON.stringify(result), /glsa_never_written_down/);
    const written = filesIn(join(project.root, ".local"));
    assert.ok(written.length > 10);
    assert.deepEqual(
      written.filter((file) => readFileSync(file, "latin1").includes("glsa_never_written_down")),
      [],
    );
  });

  it("is in no log of the engine: there is none, and those of an earlier version are gone", () => {
    assert.deepEqual(
      filesIn(home).filter((file) => file.includes("log")),
      [join(home, "logs")],
    );
  });
});
