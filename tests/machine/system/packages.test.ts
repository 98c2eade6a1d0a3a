import assert from "node:assert/strict";
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { test } from "@jest/globals";
import { installBeside } from "../../../machine/system/packages";
import { temporaryFolder } from "../temporary-folder";

const sdk = "node_modules/@pulumi/pulumi";

/** A project whose only package is an SDK that lies in its own folder, so that nothing is fetched. */
function project(version: string): string {
  const root = realpathSync(temporaryFolder());
  mkdirSync(join(root, "sdk"));
  const dependencies = { "@pulumi/pulumi": "file:sdk" };
  writeFileSync(join(root, "sdk", "package.json"), JSON.stringify({ name: "@pulumi/pulumi", version, main: "index.js" }));
  writeFileSync(join(root, "sdk", "index.js"), "");
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "sample", version: "1.0.0", dependencies }));
  const packages = {
    "": { name: "sample", version: "1.0.0", dependencies },
    [sdk]: { resolved: "sdk", link: true },
    sdk: { name: "@pulumi/pulumi", version },
  };
  writeFileSync(
    join(root, "package-lock.json"),
    JSON.stringify({ name: "sample", version: "1.0.0", lockfileVersion: 3, requires: true, packages }),
  );
  return root;
}

const note = (lines: string[]) => (line: string) => void lines.push(line);

test("a commit with the same lock file uses the packages of the project", async () => {
  const [origin, worktree] = [project("1.0.0"), project("1.0.0")];
  const lines: string[] = [];
  await installBeside(origin, worktree, note(lines));
  assert.deepEqual(lines, []);
  assert.ok(!readdirSync(worktree).includes("node_modules"));
});

test("a commit with another lock file gets its own packages, but the SDK of the project", async () => {
  const [origin, worktree] = [project("2.0.0"), project("1.0.0")];
  mkdirSync(join(origin, sdk), { recursive: true });
  writeFileSync(join(origin, sdk, "index.js"), "");
  const lines: string[] = [];
  await installBeside(origin, worktree, note(lines));
  assert.deepEqual(lines, ["Installing packages as that commit's package-lock.json pins them (npm ci) …"]);
  assert.ok(readdirSync(join(worktree, "node_modules")).includes(".package-lock.json"));
  assert.equal(createRequire(join(worktree, "index.js")).resolve("@pulumi/pulumi"), resolve(origin, sdk, "index.js"));
});

test("a lock file that npm refuses ends the rollback", async () => {
  const worktree = project("1.0.0");
  writeFileSync(join(worktree, "package.json"), JSON.stringify({ name: "sample", dependencies: { other: "1.0.0" } }));
  await assert.rejects(
    installBeside(project("2.0.0"), worktree, () => undefined),
    /^UserError: Installing the packages failed\. npm says:\nnpm error [^]*other@1\.0\.0[^]*\nNothing was changed\.$/,
  );
});
