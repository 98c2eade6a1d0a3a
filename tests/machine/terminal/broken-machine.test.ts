import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { requireTypes } from "../../../machine/system/type-check";
import { copyProject, type ProjectCopy } from "../../engine/project-copy";
import { engine } from "../../tools/engine";
import { breakages, type Breakage } from "./breakages";

const projectRoot = resolve(__dirname, "../../..");

describe("a broken machine", () => {
  beforeAll(async () => {
    await engine();
    await requireTypes(projectRoot, () => undefined);
  });

  for (const breakage of breakages)
    it(`is told in words, without a stack, and nothing is deployed: ${breakage.name}`, () => {
      const project = readyProject();
      try {
        breakage.harm?.(project);
        const { printed, status } = run(project, breakage);
        assert.match(printed, breakage.says);
        assert.doesNotMatch(printed, /^\s+at /m);
        assert.equal(status, breakage.exitCode ?? 1);
        assert.deepEqual(deployedIn(project), []);
      } finally {
        project.remove();
      }
    });

  it("may have nobody who reads what is printed", async () => {
    const project = copyProject();
    const child = spawn(process.execPath, ["run.mjs", "check"], { cwd: project.root, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    await once(child, "close");
    project.remove();
    assert.equal(complaints, "");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    it(`may be interrupted while a command starts: ${signal}`, async () => {
      const project = copyProject();
      const child = spawn(process.execPath, ["run.mjs", "up"], { cwd: project.root, stdio: ["ignore", "pipe", "pipe"] });
      let printed = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => {
          printed += chunk.toString();
          child.kill(signal);
        });
      await once(child, "close");
      assert.doesNotMatch(printed, /^\s+at /m);
      assert.deepEqual(deployedIn(project), []);
      project.remove();
    });
});

/** A copy whose types need not be checked again. */
function readyProject(): ProjectCopy {
  const project = copyProject();
  mkdirSync(join(project.root, ".cache"));
  cpSync(join(projectRoot, ".cache", "types-checked"), join(project.root, ".cache", "types-checked"));
  return project;
}

function run(
  project: ProjectCopy,
  { args, environment }: Breakage,
): { readonly printed: string; readonly status: number | null } {
  const env = {
    ...process.env,
    GIT_CEILING_DIRECTORIES: resolve(project.root, ".."),
    NODE_OPTIONS: "",
    ...environment?.(project),
  };
  const { stdout, stderr, status } = spawnSync(process.execPath, ["run.mjs", ...args], {
    cwd: project.root,
    env,
    encoding: "utf8",
  });
  const steps = /^(Checking types|Installing packages|Building|Downloading|Previewing|Deploying).*$\n?/gm;
  return { printed: `${stdout}${stderr}`.replace(steps, "").trim(), status };
}

function deployedIn({ root }: ProjectCopy): readonly string[] {
  const folder = join(root, ".local", "dev", "deployed");
  return existsSync(folder) ? readdirSync(folder) : [];
}
