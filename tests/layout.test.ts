import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { checks } from "../core/checks";
import { liveIds } from "../core/checks/live-ids";
import { liveChecks } from "../core/running";
import { services } from "../services";

const root = resolve(__dirname, "..");

function entries(folder: string, kind: "file" | "folder"): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => (kind === "file" ? entry.isFile() : entry.isDirectory()))
    .map(({ name }) => name);
}

describe("the layout", () => {
  const noChecks = ["index.ts", "check.ts", "former-ids.ts", "in-each-query.ts", "live-ids.ts"];
  for (const file of entries("core/checks", "file").filter((name) => !noChecks.includes(name))) {
    const id = file.replace(/\.ts$/, "");

    it(`core/checks/${file} is listed and tested under its own id`, () => {
      assert.ok(
        checks.some((check) => check.id === id),
        `Add the check "${id}" to core/checks/index.ts, or give it the id of its file.`,
      );
      assert.ok(existsSync(join(root, "tests", "core", "checks", `${id}.test.ts`)), `Write tests/core/checks/${id}.test.ts.`);
    });
  }

  it("has each check of what runs in a file of its own, in the list, and in docs/doctor.md", () => {
    assert.deepEqual(liveChecks.map(({ id }) => id).sort(), [...liveIds].sort());
    const told = readFileSync(join(root, "docs/doctor.md"), "utf8");
    for (const id of liveIds) {
      assert.ok(existsSync(join(root, "core/running", `${id}.ts`)), `core/running/${id}.ts is the file of the check "${id}".`);
      assert.ok(told.includes(`| \`${id}\` |`), `docs/doctor.md does not tell of ${id}.`);
    }
  });

  for (const folder of entries("services", "folder")) {
    it(`services/${folder} is listed and has its runbooks`, () => {
      assert.ok(
        services.some(({ id }) => id === folder),
        `Add the service "${folder}" to services/index.ts.`,
      );
      for (const runbook of ["incident-response.md", "deployment.md"]) {
        assert.ok(existsSync(join(root, "runbooks", folder, runbook)), `Write runbooks/${folder}/${runbook}.`);
      }
    });
  }

  for (const folder of entries("runbooks", "folder")) {
    it(`runbooks/${folder} belongs to a service`, () => {
      assert.ok(
        services.some(({ id }) => id === folder),
        `No service in services/index.ts has the id "${folder}".`,
      );
    });
  }
});
