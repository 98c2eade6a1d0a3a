import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { marker } from "../machine/preview/markdown";
import { temporaryFolder } from "./machine/temporary-folder";

const preview = `${marker}\nNothing changes.\n`;
const step = z.object({ run: z.string(), env: z.object({ MARKER: z.string() }) });
const workflow = z
  .object({ jobs: z.object({ comment: z.object({ steps: z.tuple([step]) }) }) })
  .parse(parse(readFileSync(resolve(__dirname, "../.github/workflows/preview-comment.yml"), "utf8")));
const [{ run, env }] = workflow.jobs.comment.steps;

/** Answers as `gh` does when its --jq has been applied, writes down what it was asked, and downloads the artifact. */
const fakeGh = `#!/usr/bin/env bash
echo "$*" >> "$ASKED"
case "$*" in
  *"/pulls "*) echo "$PULL" ;;
  "run download"*) [ -d "$ARTIFACT" ] && cp -R "$ARTIFACT" "$RUNNER_TEMP/preview" ;;
  *"--paginate"*) printf '%b' "$COMMENTS" ;;
esac
`;

interface Situation {
  readonly pull?: string;
  readonly comments?: string;
  readonly artifact?: (folder: string) => void;
}

function comment({ pull = "7", comments = "", artifact }: Situation): { status: number | null; asked: string[] } {
  const folder = temporaryFolder();
  const [asked, downloaded] = [join(folder, "asked"), join(folder, "artifact")];
  writeFileSync(join(folder, "gh"), fakeGh);
  chmodSync(join(folder, "gh"), 0o755);
  if (artifact) {
    mkdirSync(downloaded);
    artifact(downloaded);
  }
  // As GitHub runs a step that names no shell.
  const { status } = spawnSync("bash", ["-e", "-c", run], {
    env: {
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      ...{ GH_REPO: "dark-tower/observability", RUN_ID: "42", HEAD: "stranger:fix", HEAD_SHA: "abc", MARKER: env.MARKER },
      ...{
        GITHUB_OUTPUT: join(folder, "output"),
        RUNNER_TEMP: folder,
        ARTIFACT: downloaded,
        ASKED: asked,
        PULL: pull,
        COMMENTS: comments,
      },
    },
  });
  const lines = existsSync(asked) ? readFileSync(asked, "utf8").replaceAll(folder, "").split("\n") : [];
  return { status, asked: lines.filter((line) => line.startsWith("api --silent")) };
}

const holds =
  (text: string) =>
  (folder: string): void =>
    writeFileSync(join(folder, "preview.md"), text);

describe("the comment on a pull request", () => {
  it("is found again by what preview.md begins with", () => assert.equal(env.MARKER, marker));

  it("is written when there is none", () => {
    assert.deepEqual(comment({ artifact: holds(preview) }), {
      status: 0,
      asked: ["api --silent --method POST repos/dark-tower/observability/issues/7/comments --field body=@/preview/preview.md"],
    });
  });

  it("is edited in place when there is one", () => {
    assert.deepEqual(comment({ comments: "11\\n12\\n", artifact: holds(preview) }), {
      status: 0,
      asked: ["api --silent --method PATCH repos/dark-tower/observability/issues/comments/11 --field body=@/preview/preview.md"],
    });
  });

  it("is left alone when the pull request has a newer commit", () => {
    assert.deepEqual(comment({ pull: "", artifact: holds(preview) }), { status: 0, asked: [] });
  });

  it("is left alone when the run left no preview", () => {
    assert.deepEqual(comment({}), { status: 0, asked: [] });
  });

  it("never holds another text, nor a file that the artifact only points at", () => {
    const refused = { status: 1, asked: [] };
    assert.deepEqual(comment({ artifact: holds("Hello.\n") }), refused);
    const link = (folder: string): void => {
      writeFileSync(join(folder, "other.md"), preview);
      symlinkSync("other.md", join(folder, "preview.md"));
    };
    assert.deepEqual(comment({ artifact: link }), refused);
  });
});
