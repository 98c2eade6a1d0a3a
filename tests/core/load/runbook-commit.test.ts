import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { withRunbookCommit } from "../../../core/load/runbook-commit";

const root = mkdtempSync(join(tmpdir(), "runbook-commit-"));
const address = "https://github.com/example/watch/blob/{commit}/runbooks";

function git(...args: readonly string[]): string {
  const own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...own, ...args], { cwd: root, encoding: "utf8" }).trim();
}

function commit(file: string): string {
  writeFileSync(join(root, file), `${Math.random()}`);
  git("add", "-A");
  git("commit", "-q", "-m", file);
  return git("rev-parse", "HEAD");
}

beforeAll(() => {
  mkdirSync(join(root, "runbooks"));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe("the commit in the address of the runbooks", () => {
  const told = (text: string) =>
    withRunbookCommit(text, root, "Pulumi.prod.yaml").findings.map(({ severity, message }) => `${severity} ${message}`);

  it("cannot be had outside of a git checkout, which is refused", () => {
    assert.deepEqual(told(address), [
      "error names {commit}, but this folder is no git checkout in which the runbooks are committed.",
    ]);
  });

  it("is the last one that changed the runbooks", () => {
    git("init", "-q");
    const changed = commit("runbooks/a.md");
    commit("other.txt");
    assert.deepEqual(withRunbookCommit(address, root, ""), {
      address: `https://github.com/example/watch/blob/${changed}/runbooks`,
      findings: [],
    });
  });

  it("is told not to hold what is in no commit", () => {
    const before = git("rev-parse", "HEAD~1").slice(0, 12);
    writeFileSync(join(root, "runbooks", "a.md"), "changed");
    assert.deepEqual(told(address), [`warning leads to commit ${before}, but the runbooks have changes that are in no commit.`]);
  });

  it("is not looked for where the address names none", () => {
    assert.deepEqual(withRunbookCommit("https://example.com", "/nowhere", ""), { address: "https://example.com", findings: [] });
  });
});
