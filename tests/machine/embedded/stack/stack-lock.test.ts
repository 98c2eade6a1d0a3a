import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "@jest/globals";
import { startOf } from "../../../../machine/system/processes";
import { requireFree, takeStack } from "../../../../machine/embedded/stack/stack-lock";
import { temporaryFolder } from "../../temporary-folder";

const since = "2026-01-01T00:00:00.000Z";

function folderHeldBy(holder: object): string {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, "lock.json"),
    JSON.stringify({ pid: process.pid, host: hostname(), command: "run.mjs up", since, ...holder }),
  );
  return folder;
}

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

test("a stack that is taken is refused to the next, with who holds it, and free again after its release", () => {
  const folder = temporaryFolder();
  const lock = takeStack(folder, "dev");
  assert.throws(
    () => takeStack(folder, "dev"),
    /^UserError: Stack "dev" is in use: ".*" \(process \d+\) has worked on it since .*Z\. Nothing was changed; try again when it is done\.$/,
  );
  lock.release();
  const again = takeStack(folder, "dev");
  assert.equal(again.wasInterrupted, false);
  again.release();
  assert.equal(existsSync(join(folder, "lock.json")), false);
});

test("a stack is free until another process works on it, and looking takes nothing", () => {
  const folder = temporaryFolder();
  requireFree(folder, "dev");
  assert.deepEqual([...readdirSync(folder)], []);
  requireFree(folderHeldBy({ pid: endedProcess() }), "dev");
  assert.throws(
    () => requireFree(folderHeldBy({}), "dev"),
    /^UserError: Stack "dev" is in use: "run\.mjs up" \(process \d+\) has worked on it since/,
  );
});

test("a stack whose holder is gone is taken over as interrupted", () => {
  const lock = takeStack(folderHeldBy({ pid: endedProcess() }), "dev");
  assert.equal(lock.wasInterrupted, true);
});

// Only where the system tells when a process began.
if (startOf(process.pid) !== undefined)
  test("a stack is taken over when its holder's number belongs to a later process", () => {
    assert.equal(takeStack(folderHeldBy({ start: "1" }), "dev").wasInterrupted, true);
  });

test("a stack that another machine holds stays with it", () => {
  const folder = folderHeldBy({ host: "elsewhere", pid: 7 });
  assert.throws(() => takeStack(folder, "dev"), {
    message: `Stack "dev" is in use: "run.mjs up" (process 7) has worked on it since ${since} on elsewhere. If that machine is gone, delete ${join(folder, "lock.json")}. Nothing was changed; try again when it is done.`,
  });
});

test("a lock that nobody can read is of an interrupted run", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lock.json"), "");
  assert.equal(takeStack(folder, "dev").wasInterrupted, true);
});
