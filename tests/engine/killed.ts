import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { codeOf } from "../../machine/system/error-code";
import { changeProject, prepareProject } from "./changed-project";
import { brokenLinks, filesIn } from "./deployed";
import { KilledStack, type UndisturbedStack } from "./killed-stack";
import { describeKill, drawKills, type Kill } from "./kills";
import { changesOf, scratchProject } from "./scratch-project";
import { snapshotOf } from "./stack-snapshot";

const seed = Number(process.env["KILL_SEED"] ?? randomInt(2 ** 31));

/** Tests that one stack comes out whole, whatever is killed while it is created, changed and removed. */
export function testKills(stackName: string): void {
  describe(`${stackName}, whatever is killed at whatever moment (again with KILL_SEED=${seed})`, () => {
    const projects = { former: scratchProject(), changed: scratchProject() };
    const stack = new KilledStack(projects, stackName);
    let undisturbed: UndisturbedStack;
    beforeAll(async () => {
      prepareProject(projects.former);
      changeProject(projects.changed);
      undisturbed = await stack.runUndisturbed();
    });
    afterAll(() => {
      projects.former.remove();
      projects.changed.remove();
    });

    // Those are written in place: a kill within would leave a state that the engine cannot read.
    it("keeps no attributes beside the files of its state", () => {
      const files = filesIn(join(stack.folder("changed"), "state"));
      assert.ok(files.some((file) => file.endsWith(`${stackName}.json`)));
      assert.deepEqual(
        files.filter((file) => file.endsWith(".attrs")),
        [],
      );
    });
    for (const kill of drawKills(seed)) it(describeKill(kill), () => killAndRepair(stack, kill, undisturbed));
  });
}

async function killAndRepair(stack: KilledStack, kill: Kill, undisturbed: UndisturbedStack): Promise<void> {
  await stack.kill(kill, undisturbed.moments[kill.operation]);
  assert.deepEqual(readAtOneMoment(join(stack.folder("changed"), "deployed"), brokenLinks), []);
  const first = await stack.up(kill.next);
  if ("failure" in first) {
    runCommandOf(first.failure, stack.folder(kill.next));
    changesOf(await stack.up(kill.next));
  }
  assert.deepEqual(snapshotOf(stack.folder(kill.next)), undisturbed[kill.next]);
}

/** Reads a folder as it stood at one moment: an engine goes on where only its command was killed, and what changes meanwhile is read again. */
function readAtOneMoment<T>(folder: string, read: (folder: string) => T): T {
  for (;;) {
    try {
      const before = modificationsIn(folder);
      const result = read(folder);
      if (modificationsIn(folder) === before) return result;
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
    }
  }
}

function modificationsIn(folder: string): string {
  return filesIn(folder)
    .map((file) => `${file} ${statSync(file, { bigint: true }).mtimeNs}`)
    .join("\n");
}

/** Does what a message tells people to do: its command is its end. */
function runCommandOf(message: string, cwd: string): void {
  const [, command] = /: (kill -INT \d+|rm \S+|npm run \S.*)$/.exec(message) ?? [];
  assert.ok(command !== undefined, `It fails and names no command that repairs it:\n${message}`);
  execSync(command, { cwd });
}
