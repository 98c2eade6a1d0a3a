import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";
import { runbookFiles } from "../core/render/skeleton/runbooks";
import { serviceFiles, withListedService } from "../core/render/skeleton/service";
import { copyProject, type ProjectCopy } from "./engine/project-copy";

const report = z.object({ findings: z.array(z.object({ check: z.string(), message: z.string() })) });

describe("npm run new -- service mh", () => {
  let project: ProjectCopy;
  const run = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["run.mjs", ...words], {
      cwd: project.root,
      encoding: "utf8",
    });
    return { status, printed: stdout + stderr, stdout };
  };
  beforeAll(() => {
    project = copyProject();
    const made = run("new", "service", "mh", "--upstream", "mc");
    assert.equal(made.status, 0, made.printed);
    const generated = run("generate");
    assert.equal(generated.status, 0, generated.printed);
  });
  afterAll(() => project.remove());

  it("writes what compiles, is formatted, and lacks only what a person knows", () => {
    const { findings } = report.parse(JSON.parse(run("check", "--format", "json").stdout));
    assert.deepEqual([...new Set(findings.map(({ check }) => check))], ["placeholder-is-filled-in"]);
    assert.ok(findings.some(({ message }) => message === "is left to fill in: its name in full."));
    assert.ok(findings.some(({ message }) => message === "is left to fill in: what goes wrong here without MC."));
    assert.equal(findings.filter(({ message }) => message.includes("as the manifests say")).length, 3);
    // Two alerts and a runbook have it from one text.
    assert.equal(findings.filter(({ message }) => message.includes("when one instance is down.")).length, 1);
    const prettier = ["node_modules/prettier/bin/prettier.cjs", "--check", "services"];
    assert.equal(spawnSync(process.execPath, prettier, { cwd: project.root }).status, 0);
    const compiler = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc"], { cwd: project.root, encoding: "utf8" });
    assert.doesNotMatch(compiler.stdout, /^(services|runbooks)/m); // the copy has no tests, which commands import types of
  });

  it("is green when that is filled in, and has nothing left to generate", () => {
    for (const file of Object.keys({ ...serviceFiles("mh"), ...runbookFiles("mh") })) {
      const text = readFileSync(join(project.root, file), "utf8");
      if (text.includes("FILL IN: ")) project.edit(file, (old) => old.replaceAll("FILL IN: ", "It is "));
    }
    project.edit("services/mh/workload.ts", (old) => old.replace("port: 0", "port: 8082").replace(/: 0([ ,])/g, ": 1$1"));
    assert.match(run("check").printed, /^\d+ checks: 0 errors, 0 warnings\.$/m);
    assert.match(run("generate").printed, /Everything generated is up to date\./);
  });

  it("begins each scenario with the step of its upstream, and lets the upstream explain it", () => {
    const runbook = readFileSync(join(project.root, "runbooks/mh/incident-response.md"), "utf8");
    assert.equal(
      runbook.match(/^## Scenario \d/gm)?.length,
      runbook.match(/^1\. \*\*Check MC health\.\*\* If it is down/gm)?.length,
    );
    const cascades = readFileSync(join(project.root, "services/cascades.ts"), "utf8");
    assert.match(cascades, /upstream: mcAlerts\.down,\n {4}downstream: \[mhAlerts\.failures\.warning\]/);
  });

  it("overwrites nothing, and refuses what is no id", () => {
    const again = run("new", "service", "mh");
    assert.match(again.printed, /Nothing was written: services\/mh\/metrics\.ts, .* exists already\./);
    assert.notEqual(again.status, 0);
    for (const id of ["Media-Handler", "m h", "../mh", "1mh"]) assert.notEqual(run("new", "service", id).status, 0, id);
    assert.match(run("new", "alert", "MHX").printed, /So far only a service/);
    const unknown = run("new", "service", "xy", "--upstream", "redis");
    assert.match(unknown.printed, /"redis" is no service that runs, of gc, mc, mh, .*by hand, with a title\./);
  });

  it("lists the service before those that follow from others, and once", () => {
    const index =
      'import type { S } from "s";\nimport { gc } from "./gc";\n\nconst services: readonly S[] = [gc, journeyService];\n';
    const listed = withListedService(index, "mh");
    assert.match(listed, /\[gc, mh, journeyService\]/);
    assert.match(listed, /^import type .*\nimport \{ gc \} from "\.\/gc";\nimport \{ mh \} from "\.\/mh";\n/);
    assert.equal(withListedService(listed, "mh"), listed);
    assert.match(withListedService('import { gc } from "./gc";\nexport const services = [gc];\n', "mh"), /= \[gc, mh\]/);
  });
});
