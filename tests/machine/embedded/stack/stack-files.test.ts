import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@jest/globals";
import { copyStackFiles, keepSalt, requireStack, withoutForeignSecrets } from "../../../../machine/embedded/stack/stack-files";
import { temporaryFolder } from "../../temporary-folder";

function project(files: Record<string, string>): string {
  const projectRoot = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(projectRoot, name), content);
  return projectRoot;
}

test("an unknown stack is refused with the stacks that there are and the nearest", () => {
  const projectRoot = project({ "Pulumi.dev.yaml": "", "Pulumi.prod.yaml": "" });
  assert.throws(() => requireStack(projectRoot, "prdo"), {
    name: "UserError",
    message: 'There is no stack "prdo": Pulumi.prdo.yaml does not exist. Stacks: dev, prod. Did you mean "prod"?',
  });
});

test("an unknown stack that resembles none is refused without a guess", () => {
  const projectRoot = project({ "Pulumi.dev.yaml": "" });
  assert.throws(() => requireStack(projectRoot, "staging"), {
    message: 'There is no stack "staging": Pulumi.staging.yaml does not exist. Stacks: dev.',
  });
});

test("what only another backend can read is left out of the copy, and named", () => {
  const stackFile = {
    secretsprovider: "awskms://key",
    encryptedkey: "a",
    encryptionsalt: "b",
    environment: ["shared"],
    config: {
      "a:plain": 1,
      "a:token": { secure: "x" },
      "a:receivers": { page: { url: { secure: "y" } } },
      "a:list": [{ secure: "z" }],
      "a:object": { open: true },
    },
  };
  assert.deepEqual(withoutForeignSecrets(stackFile), {
    kept: { config: { "a:plain": 1, "a:object": { open: true } } },
    leftOut: ["environment", "a:token", "a:receivers", "a:list"],
  });
});

test("what names the cluster of another target is left out of the copy, and named", () => {
  const config = { "kubernetes:context": "prod-eu", clusterUid: "u", "a:clusterUid": "u", "a:plain": 1, "a:kubernetes": "x" };
  assert.deepEqual(withoutForeignSecrets({ config }), {
    kept: { config: { "a:plain": 1, "a:kubernetes": "x" } },
    leftOut: ["kubernetes:context", "clusterUid", "a:clusterUid"],
  });
});

test("a stack's file is copied anew each time, but keeps the salt that the engine wrote into the copy", () => {
  const projectRoot = project({ "Pulumi.yaml": "name: a\n", "Pulumi.dev.yaml": "config:\n  a:b: 1\n" });
  const folder = temporaryFolder();
  const copy = { projectRoot, stackName: "dev", workDir: join(folder, "project"), saltFile: join(folder, "salt") };
  const copied = join(copy.workDir, "Pulumi.dev.yaml");
  assert.deepEqual(copyStackFiles(copy), []);
  writeFileSync(copied, `${readFileSync(copied, "utf8")}encryptionsalt: v1:salt\n`);
  keepSalt(copy);
  writeFileSync(join(projectRoot, "Pulumi.dev.yaml"), "config:\n  a:b: 2\n");
  copyStackFiles(copy);
  assert.equal(readFileSync(copied, "utf8"), "config:\n  a:b: 2\nencryptionsalt: v1:salt\n");
  assert.equal(statSync(copy.saltFile).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(projectRoot, "Pulumi.dev.yaml"), "utf8"), "config:\n  a:b: 2\n");
});

test("an empty stack file is a stack without settings", () => {
  const projectRoot = project({ "Pulumi.yaml": "name: a\n", "Pulumi.dev.yaml": "" });
  const folder = temporaryFolder();
  const copy = { projectRoot, stackName: "dev", workDir: join(folder, "project"), saltFile: join(folder, "salt") };
  copyStackFiles(copy);
  assert.equal(readFileSync(join(copy.workDir, "Pulumi.dev.yaml"), "utf8"), "config: {}\n");
});
