import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { changeProject, prepareProject } from "./changed-project";
import { brokenLinks, filesIn } from "./deployed";
import { KilledStack, type UndisturbedStack } from "./killed-stack";
import { describeKill, drawKills, type Kill } from "./kills";
import { changesOf, scratchProject } from "./scratch-project";
import { snapshotOf } from "./stack-snapshot";

const seed = Number(process.env["KILL_SEED"] ?? randomInt(2 ** 31));

/** Two stacks side by side: staging, where the change replaces every object, and prod, where it changes, adds and removes some. */
describe(`whatever is killed at whatever moment (again with KILL_SEED=${seed})`, { concurrency: true }, () => {
  const projects = { former: scratchProject(), changed: scratchProject() };
  before(() => {
    prepareProject(projects.former);
    changeProject(projects.changed);
  });
  after(() => {
    projects.former.remove();
    projects.changed.remove();
  });

  for (const [index, stackName] of ["staging", "prod"].entries())
    describe(stackName, { concurrency: 1 }, () => {
      const stack = new KilledStack(projects, stackName);
      let undisturbed: UndisturbedStack;
      before(async () => {
        undisturbed = await stack.runUndisturbed();
      });
      // Those are written in place: a kill within would leave a state that the engine cannot read.
      it(`${stackName}: the engine keeps no attributes beside the files of its state`, () => {
        const files = filesIn(join(stack.folder("changed"), "state"));
        assert.ok(files.some((file) => file.endsWith(`${stackName}.json`)));
        assert.deepEqual(
          files.filter((file) => file.endsWith(".attrs")),
          [],
        );
      });
      for (const kill of drawKills(seed + index))
        it(`${stackName}: ${describeKill(kill)} (KILL_SEED=${seed})`, () => killAndRepair(stack, kill, undisturbed));
    });
});

async function killAndRepair(stack: KilledStack, kill: Kill, undisturbed: UndisturbedStack): Promise<void> {
  await stack.kill(kill, undisturbed.moments[kill.operation]);
  assert.deepEqual(brokenLinks(join(stack.folder("changed"), "deployed")), []);
  const first = await stack.up(kill.next);
  if ("failure" in first) {
    runCommandOf(first.failure, stack.folder(kill.next));
    changesOf(await stack.up(kill.next));
  }
  assert.deepEqual(snapshotOf(stack.folder(kill.next)), undisturbed[kill.next]);
}

/** Does what a message tells people to do: its command is its end. */
function runCommandOf(message: string, cwd: string): void {
  const [, command] = /: (kill -INT \d+|rm \S+|npm run \S.*)$/.exec(message) ?? [];
  assert.ok(command !== undefined, `It fails and names no command that repairs it:\n${message}`);
  execSync(command, { cwd });
}
