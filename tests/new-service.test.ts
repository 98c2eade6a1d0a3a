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
    const made = run("new", "service", "mh");
    assert.equal(made.status, 0, made.printed);
    const generated = run("generate");
    assert.equal(generated.status, 0, generated.printed);
  });
  afterAll(() => project.remove());

  it("writes what compiles, is formatted, and lacks only what a person knows", () => {
    const { findings } = report.parse(JSON.parse(run("check", "--format", "json").stdout));
    assert.deepEqual([...new Set(findings.map(({ check }) => check))], ["placeholder-is-filled-in"]);
    assert.ok(findings.some(({ message }) => message === "is left to fill in: its name in full."));
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
    assert.match(run("check").printed, /^\d+ checks: 0 errors, 0 warnings\.$/m);
    assert.match(run("generate").printed, /Everything generated is up to date\./);
  });

  it("overwrites nothing, and refuses what is no id", () => {
    const again = run("new", "service", "mh");
    assert.match(again.printed, /Nothing was written: services\/mh\/metrics\.ts, .* exists already\./);
    assert.notEqual(again.status, 0);
    for (const id of ["Media-Handler", "m h", "../mh", "1mh"]) assert.notEqual(run("new", "service", id).status, 0, id);
    assert.match(run("new", "alert", "MHX").printed, /So far only a service/);
  });

  it("lists the service before those that follow from others, and once", () => {
    const index =
      'import type { S } from "s";\nimport { gc } from "./gc";\n\nconst services: readonly S[] = [gc, journeyService];\n';
    const listed = withListedService(index, "mh");
    assert.match(listed, /\[gc, mh, journeyService\]/);
    assert.equal(withListedService(listed, "mh"), listed);
    assert.match(withListedService('import { gc } from "./gc";\nexport const services = [gc];\n', "mh"), /= \[gc, mh\]/);
  });
});
