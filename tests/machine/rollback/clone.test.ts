import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import type { Release } from "../../../machine/rollback/choose-update";
import { addWorktree } from "../../../machine/system/worktree";
import { requireInClone } from "../../../machine/rollback/clone";
import { commit, git } from "../../engine/releases";
import { temporaryFolder } from "../temporary-folder";

/** A repository with two commits; the second one adds the stack "prod". */
function repository(folder = ""): {
  readonly root: string;
  readonly project: string;
  readonly commits: readonly [string, string];
} {
  const root = temporaryFolder();
  const project = join(root, folder);
  git(root, "init", "--quiet");
  mkdirSync(project, { recursive: true });
  writeFileSync(join(root, ".gitignore"), ".local/\n");
  writeFileSync(join(project, "Pulumi.dev.yaml"), "config: {}\n");
  const first = commit(root, "First release");
  writeFileSync(join(project, "Pulumi.prod.yaml"), "config: {}\n");
  return { root, project, commits: [first, commit(root, "Second release")] };
}

function release(commitOfIt: string): Release {
  return {
    ...{ version: 4, kind: "update", result: "succeeded", time: "2026-01-01T12:00:00Z", message: "A release" },
    ...{ commit: commitOfIt, isDirty: false },
  };
}

for (const folder of ["", "observability"]) {
  describe(`a project ${folder === "" ? "at the top of" : "in a folder of"} its repository`, () => {
    const { root, project, commits } = repository(folder);
    const [first, second] = commits;

    it("can go back to a commit that has the stack's file", async () => {
      await requireInClone(project, release(first), "dev");
      await requireInClone(project, release(second), "prod");
    });

    it("cannot go back to a commit without it", async () => {
      await assert.rejects(requireInClone(project, release(first), "prod"), {
        name: "UserError",
        message: `Commit ${first.slice(0, 7)} (version 4 of stack "prod") has no Pulumi.prod.yaml: the settings of that deployment are not known. Nothing was changed.`,
      });
    });

    it("cannot go back to a commit that the clone lacks", async () => {
      const unknown = "0123456789abcdef0123456789abcdef01234567";
      await assert.rejects(requireInClone(project, release(unknown), "dev"), {
        name: "UserError",
        message: `Commit 0123456 (version 4 of stack "dev") is not in this clone. Nothing was changed; fetch it and try again: git fetch origin ${unknown}`,
      });
    });

    it("has the commit beside it until the worktree is removed", async () => {
      const worktree = await addWorktree(project, first);
      assert.deepEqual(
        [...readdirSync(worktree.projectRoot)].filter((name) => name.startsWith("Pulumi.")),
        ["Pulumi.dev.yaml"],
      );
      assert.equal(git(worktree.projectRoot, "rev-parse", "HEAD"), first);
      assert.ok(worktree.projectRoot.startsWith(join(project, ".local", "worktrees")));
      await worktree.remove();
      assert.deepEqual([...readdirSync(join(project, ".local", "worktrees"))], []);
      assert.equal(git(root, "worktree", "list", "--porcelain").match(/^worktree /gm)?.length, 1);
      assert.equal(git(root, "rev-parse", "HEAD"), second);
    });

    it("loses what a killed rollback left, and keeps what another one works in", async () => {
      const folderOf = (pid: number): string => join(project, ".local", "worktrees", `${first.slice(0, 7)}-${pid}`);
      const { pid: ended } = spawnSync(process.execPath, ["--version"]);
      for (const pid of [ended, process.ppid]) git(root, "worktree", "add", "--quiet", "--detach", folderOf(pid), first);
      const worktree = await addWorktree(project, first);
      await worktree.remove();
      assert.equal(existsSync(folderOf(ended)), false);
      assert.match(readFileSync(join(folderOf(process.ppid), ".git"), "utf8"), /^gitdir: /);
      git(root, "worktree", "remove", folderOf(process.ppid));
    });
  });
}

it("a folder that is in no clone has no commit to go back to", async () => {
  await assert.rejects(requireInClone(temporaryFolder(), release("0123456"), "dev"), {
    name: "UserError",
    message: "This project is in no git clone, so there is no other commit of it. Nothing was changed.",
  });
});
