import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";

const hook = resolve(__dirname, "../../../machine/system/typescript-hook.cjs");

describe("a start with the hook", () => {
  it("prints nothing: a flag that this Node does not have would be told of at every start", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", hook, "--eval", ""], { encoding: "utf8" });
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
  });
});
