import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setImmediate as nextTurn } from "node:timers/promises";
import { test } from "@jest/globals";
import { z } from "zod";
import { isRunning, startOf } from "../../../machine/system/processes";
import { atTestEnd } from "../../at-test-end";

test("a process runs until it has ended", async () => {
  const child = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
  await once(child, "spawn");
  assert.equal(isRunning(child.pid ?? 0), true);
  child.stdin.end();
  await once(child, "exit");
  assert.equal(isRunning(child.pid ?? 0), false);
});

// Only where the system tells of processes that have ended.
if (startOf(process.pid) !== undefined)
  test("a process that has ended runs no longer, although nobody has asked how it ended", async () => {
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; wait"], { stdio: ["pipe", "pipe", "ignore"] });
    atTestEnd(() => parent.kill("SIGKILL"));
    const [pid] = z.tuple([z.string()]).parse(await once(createInterface(parent.stdout), "line"));
    assert.equal(isRunning(Number(pid)), true);
    // Stopped, it does not ask.
    parent.kill("SIGSTOP");
    process.kill(Number(pid), "SIGKILL");
    const late = AbortSignal.timeout(10_000);
    while (isRunning(Number(pid)) && !late.aborted) await nextTurn();
    assert.equal(isRunning(Number(pid)), false);
    assert.ok(startOf(Number(pid)) !== undefined, "The system has forgotten the process: this test tests nothing.");
  });
