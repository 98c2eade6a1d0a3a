import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";

const root = resolve(__dirname, "..");

describe("the project", () => {
  it("compiles, and so do the examples of what must not", () => {
    runPackage("typescript/bin/tsc", "--noEmit", "--pretty", "false", "-p", ".");
  });

  it("obeys its lint rules, the directions of imports among them", () => {
    runPackage("eslint/bin/eslint.js", ".");
  });

  it("is formatted", () => {
    runPackage("prettier/bin/prettier.cjs", "--check", ".");
  });

  it("passes its own checks in every stack, without a warning", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["run.mjs", "check"], { cwd: root, encoding: "utf8" });
    assert.match(stdout + stderr, /^\d+ checks: 0 errors, 0 warnings\.\n$/m);
    assert.equal(status, 0);
  });
});

function runPackage(script: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
}
