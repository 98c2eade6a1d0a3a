import assert from "node:assert/strict";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../library/files/run-check";
import { temporaryFolder } from "../machine/temporary-folder";
import { folderOf, git, rules, small, told } from "./small-repository";

const slow = ["AppSlow", "app_wait > 5 and app_wait < 3"] as const;
const old = {
  ...small,
  "rules/old.yaml": rules(["Old", "count(up) == 0"]),
  "runbooks/app.md": `${small["runbooks/app.md"] ?? ""}\n## Old\n`,
};

/** A clone whose only commit has these files. */
function cloneOf(files: Readonly<Record<string, string>>): string {
  const root = folderOf(files);
  git(root, "init", "--quiet");
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message", "All of it");
  return root;
}

function since(root: string, ref = "HEAD"): string {
  const config = join(root, "chain.yaml");
  return told(() => runFilesCheck({ config, format: "github", changedSince: ref, writesBaseline: false })).text;
}

/** Checks and names of what is told. */
function titles(text: string): readonly string[] {
  return [...text.matchAll(/title=([^:]+)::/g)].map(([, title = ""]) => title.replace("%3A", ""));
}

describe("--changed-since", () => {
  it("says nothing of what was wrong before, elsewhere", () => {
    const root = cloneOf(old);
    assert.deepEqual(titles(since(root)), []);
    folderOf({ "runbooks/other.md": "# Other\n" }, root);
    assert.deepEqual(titles(since(root)), []);
  });

  it("tells everything that is wrong in a file that it touched, committed, staged or new", () => {
    const touched = { "rules/old.yaml": `# touched\n${old["rules/old.yaml"]}` };
    const changed = folderOf(touched, cloneOf(old));
    assert.deepEqual(titles(since(changed)), ["query-has-result Old"]);
    git(changed, "add", ".");
    assert.deepEqual(titles(since(changed)), ["query-has-result Old"]);
    git(changed, "commit", "--quiet", "--message", "Touch");
    assert.deepEqual(titles(since(changed)), []);
    assert.deepEqual(titles(since(changed, "HEAD~1")), ["query-has-result Old"]);
    const added = folderOf({ "rules/new.yaml": rules(slow) }, cloneOf(small));
    assert.deepEqual(titles(since(added)), ["query-has-result AppSlow"]);
  });

  it("tells what it broke in a file that it did not touch", () => {
    const root = folderOf({ "runbooks/app.md": "# App\n\n## AppDown\n\nRestart it.\n\n## Old\n" }, cloneOf(old));
    assert.deepEqual(titles(since(root)), ["anchor-exists AppSlow"]);
  });

  it("does not take a line that moved for something new, also where a message names it", () => {
    const emitted = '#[test]\nfn waits() { gauge!("app_wait").set(1.0); }\n';
    const settings = [
      small["chain.yaml"] ?? "",
      "metrics:",
      "  - { files: [src/*.rs], as: rust-metrics, tests: [src/*.rs] }",
      "",
    ];
    const root = cloneOf({ ...small, "chain.yaml": settings.join("\n"), "src/lib.rs": emitted });
    const { text } = told(() =>
      runFilesCheck({ config: join(root, "chain.yaml"), format: "text", changedSince: undefined, writesBaseline: false }),
    );
    assert.match(text, /only tests emit \(src\/lib\.rs:2\)/);
    folderOf({ "src/lib.rs": `// moved\n\n${emitted}` }, root);
    assert.deepEqual(titles(since(root)), []);
  });

  it("compares with a commit that lacks what a glob matches today", () => {
    const { "runbooks/app.md": runbook, ...without } = old;
    const root = cloneOf(without);
    folderOf({ "runbooks/app.md": runbook }, root);
    assert.deepEqual(titles(since(root)), []);
  });

  it("tells neither an exception that was idle before, nor what one accepts", () => {
    const exceptions = [
      "exceptions:",
      "  - { check: query-has-result, name: Old, reason: soon gone, until: 2999-01-01 }",
      "  - { check: uid-is-unique, reason: two of them, until: 2999-01-01 }",
    ].join("\n");
    const root = cloneOf({ ...old, "chain.yaml": `${small["chain.yaml"] ?? ""}${exceptions}\n` });
    folderOf({ "rules/old.yaml": `# touched\n${old["rules/old.yaml"]}` }, root);
    assert.deepEqual(titles(since(root)), []);
  });

  it("works below the top of a clone, and through a link", () => {
    const inner = Object.fromEntries(Object.entries(old).map(([file, text]) => [`ops/${file}`, text]));
    const root = folderOf({ "ops/rules/app.yaml": rules(["AppDown", "up == 0"], slow) }, cloneOf(inner));
    assert.deepEqual(titles(since(join(root, "ops"))), ["query-has-result AppSlow"]);
    const link = join(temporaryFolder(), "link");
    symlinkSync(root, link);
    assert.deepEqual(titles(since(join(link, "ops"))), ["query-has-result AppSlow"]);
    folderOf({ "ops/rules/old.yaml": `# touched\n${old["rules/old.yaml"]}` }, root);
    assert.deepEqual(titles(since(join(link, "ops"))), ["query-has-result AppSlow", "query-has-result Old"]);
  });

  it("says which commit is not there, and that it needs a clone", () => {
    assert.throws(() => since(cloneOf(small), "origin/main"), /There is no commit "origin\/main"\./);
    assert.throws(() => since(cloneOf(small), "--all"), /There is no commit "--all"\./);
    assert.throws(() => since(folderOf(small)), /This is no git repository, so there is no other commit\./);
  });

  it("leaves the clone as it was: no worktree, no hook run, nothing staged", () => {
    const root = folderOf({ "rules/new.yaml": rules(slow) }, cloneOf(small));
    hook(root, "post-checkout", `touch '${join(root, "ran")}'`);
    since(root);
    assert.equal(git(root, "status", "--short"), "?? rules/new.yaml\n");
    assert.equal(git(root, "worktree", "list").trim().split("\n").length, 1);
  });

  it("does not write into the commit that is being made, as the hook before it", () => {
    const root = cloneOf(small);
    const program = join(__dirname, "../../run.mjs");
    hook(root, "pre-commit", `exec '${process.execPath}' '${program}' check --config chain.yaml --changed-since HEAD`);
    folderOf({ "rules/app.yaml": rules(["AppDown", "up == 0"]), "runbooks/more.md": "# More\n" }, root);
    git(root, "add", "runbooks");
    git(root, "commit", "--quiet", "--all", "--message", "One alert less");
    assert.equal(git(root, "status", "--short"), "");
    assert.equal(git(root, "show", "--name-only", "--format="), "rules/app.yaml\nrunbooks/more.md\n");
    folderOf({ "rules/app.yaml": rules(slow) }, root);
    assert.throws(() => git(root, "commit", "--quiet", "--all", "--message", "A broken one"), /query-has-result/);
    assert.equal(git(root, "status", "--short"), " M rules/app.yaml\n");
  });
});

function hook(root: string, name: string, line: string): void {
  const path = join(root, ".git/hooks", name);
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}
