import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { temporaryFolder } from "./machine/temporary-folder";

const workflow = z
  .object({ jobs: z.object({ publish: z.object({ steps: z.tuple([z.object({ run: z.string() })]) }) }) })
  .parse(parse(readFileSync(resolve(__dirname, "../.github/workflows/publish-site.yml"), "utf8")));
const [{ run }] = workflow.jobs.publish.steps;

type Pages = Readonly<Record<string, string>>;

/** What is published: the pages of a run, if it has any, in a folder, while pull requests with these numbers are open. */
interface Publication {
  readonly pages?: Pages;
  readonly folder?: string;
  readonly open?: readonly number[];
  /** What another run publishes while this one is about to. */
  readonly meanwhile?: Publication;
}

/** GitHub as a repository in a folder, to which the workflow publishes. */
function github(): { readonly publish: (publication: Publication) => void; readonly branch: () => string } {
  const root = temporaryFolder();
  const remote = join(root, "acme", "watch.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  const publish = ({ pages, folder = "", open = [], meanwhile }: Publication): void => {
    const work = mkdtempSync(join(root, "run-"));
    for (const [name, text] of Object.entries(pages ?? {})) {
      mkdirSync(dirname(join(work, "artifact", name)), { recursive: true });
      writeFileSync(join(work, "artifact", name), text);
    }
    const list = open.join("\\n");
    writeFileSync(join(work, "gh"), `#!/bin/sh\ncase "$1" in run) cp -R artifact new ;; api) printf '${list}\\n' ;; esac\n`);
    // Another run's push stands in the way of the first one.
    const git = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
    const before = `case "$*" in *push*) if [ -e first ]; then mv first done; git -C "$OTHER" push --quiet --force "${remote}" HEAD:gh-pages; fi ;; esac`;
    writeFileSync(
      join(work, "git"),
      `#!/bin/sh\n${meanwhile ? before.replaceAll("git -C", `${git} -C`) : ""}\nexec ${git} "$@"\n`,
    );
    for (const tool of ["gh", "git"]) chmodSync(join(work, tool), 0o755);
    const other = join(work, "other");
    if (meanwhile) {
      execFileSync("git", ["clone", "--quiet", "--branch", "gh-pages", remote, other]);
      for (const [name, text] of Object.entries(meanwhile.pages ?? {})) writeFileSync(join(other, name), text);
      execFileSync("git", ["-C", other, "add", "--all"]);
      execFileSync("git", ["-C", other, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "Other"]);
      writeFileSync(join(work, "first"), "");
    }
    const { status, stderr } = spawnSync("bash", ["-e", "-c", run], {
      cwd: work,
      encoding: "utf8",
      env: {
        PATH: `${work}${delimiter}${process.env["PATH"] ?? ""}`,
        ...{ HOME: work, REPOSITORY: "acme/watch", RUN: pages ? "42" : "", FOLDER: folder, OTHER: other },
        ...{
          GIT_CONFIG_COUNT: "1",
          GIT_CONFIG_KEY_0: `url.file://${root}/.insteadOf`,
          GIT_CONFIG_VALUE_0: "https://github.com/",
        },
      },
    });
    assert.equal(status, 0, stderr);
  };
  const read = (...args: readonly string[]): string => execFileSync("git", ["-C", remote, ...args], { encoding: "utf8" });
  return {
    publish,
    branch: () => `${read("log", "--format=%s", "gh-pages")}${read("ls-tree", "-r", "--name-only", "gh-pages")}`,
  };
}

describe("the branch gh-pages", () => {
  it("holds the site of main, of which nothing older is left", () => {
    const { publish, branch } = github();
    publish({ pages: { "index.html": "first", "gone.html": "" } });
    publish({ pages: { "index.html": "second" } });
    assert.equal(branch(), "Show main\n.nojekyll\nindex.html\n");
  });

  it("holds the sites of pull requests beside it, each as it was published last, and each while it is open", () => {
    const { publish, branch } = github();
    publish({ pages: { "index.html": "" } });
    publish({ pages: { "index.html": "", "old.html": "" }, folder: "pull/7", open: [7] });
    publish({ pages: { "index.html": "", "alerts/A/index.html": "" }, folder: "pull/12", open: [7, 12] });
    publish({ pages: { "index.html": "new" }, folder: "pull/7", open: [7, 12] });
    const both = "pull/12/alerts/A/index.html\npull/12/index.html\npull/7/index.html\n";
    assert.equal(branch(), `Show pull/7\n.nojekyll\nindex.html\n${both}`);
    publish({ pages: { "map.html": "" }, open: [7, 12] });
    assert.equal(branch(), `Show main\n.nojekyll\nmap.html\n${both}`);
    publish({ open: [12, 77] });
    assert.equal(branch(), `Show main\n.nojekyll\nmap.html\npull/12/alerts/A/index.html\npull/12/index.html\n`);
    publish({ open: [] });
    assert.equal(branch(), "Show main\n.nojekyll\nmap.html\n");
  });

  it("keeps what another run writes at the same time", () => {
    const { publish, branch } = github();
    publish({ pages: { "index.html": "" } });
    publish({ pages: { "index.html": "" }, folder: "pull/7", open: [7], meanwhile: { pages: { "later.html": "" } } });
    assert.equal(branch(), "Show pull/7\n.nojekyll\nindex.html\nlater.html\npull/7/index.html\n");
  });
});
