import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { temporaryFolder } from "./machine/temporary-folder";

const workflow = z
  .object({ jobs: z.object({ publish: z.object({ steps: z.tuple([z.object({ run: z.string() })]) }) }) })
  .parse(parse(readFileSync(resolve(__dirname, "../.github/workflows/site.yml"), "utf8")));
const [{ run }] = workflow.jobs.publish.steps;

/** Publishes pages as the workflow does: `gh` gives the artifact, and GitHub is a repository in a folder. */
function publish(folder: string, pages: Readonly<Record<string, string>>): string {
  const [artifact, github, work] = [join(folder, "artifact"), join(folder, "github"), join(folder, "work")];
  for (const made of [artifact, github, work]) mkdirSync(made, { recursive: true });
  const remote = join(github, "acme", "watch.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  execFileSync("bash", ["-c", 'rm -rf "$1"/* "$2"/*', "-", artifact, work]);
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(artifact, name), text);
  writeFileSync(join(folder, "gh"), `#!/bin/sh\ncp -R "${artifact}" site\n`);
  chmodSync(join(folder, "gh"), 0o755);
  const { status, stderr } = spawnSync("bash", ["-e", "-c", run], {
    cwd: work,
    encoding: "utf8",
    env: {
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      ...{ HOME: folder, REPOSITORY: "acme/watch", RUN: "42", COMMIT: "abc1234" },
      ...{
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: `url.file://${github}/.insteadOf`,
        GIT_CONFIG_VALUE_0: "https://github.com/",
      },
    },
  });
  assert.equal(status, 0, stderr);
  return remote;
}

function published(remote: string): string {
  const git = (...args: readonly string[]): string => execFileSync("git", ["-C", remote, ...args], { encoding: "utf8" });
  return `${git("log", "--format=%s", "gh-pages")}${git("ls-tree", "-r", "--name-only", "gh-pages")}`;
}

describe("the site of main", () => {
  it("is the whole of the branch gh-pages, of which nothing older is left", () => {
    const folder = temporaryFolder();
    publish(folder, { "index.html": "first", "gone.html": "" });
    const remote = publish(folder, { "index.html": "second" });
    assert.equal(published(remote), "Show abc1234\n.nojekyll\nindex.html\n");
  });
});
