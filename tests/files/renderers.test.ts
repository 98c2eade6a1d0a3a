import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { runFilesCheck } from "../../library/files/run-check";
import { runInit } from "../../library/files/run-init";
import { folderOf, rules, small, told } from "./small-repository";

interface Shown {
  readonly renderer: string;
  readonly url?: string;
  readonly text?: string;
  readonly folder?: string;
}

/** What is found where an alert leads to a page, and a page to another. */
function found({ renderer, url = "", text = "", folder = "" }: Shown): readonly string[] {
  const settings = `runbookRenderer: ${renderer}\nrunbookUrls: ["https://docs.example.com/"]\n`;
  const root = folderOf({
    "chain.yaml": (small["chain.yaml"] ?? "").replace("runbooks/*", `${folder}runbooks/*`) + settings,
    "rules/app.yaml": rules(["AppDown", "up == 0"]).replace("runbooks/app.md#appdown", url),
    [`${folder}runbooks/app.md`]: `# App\n\n## Backup & Restore\n\n## AppDown\n\n## AppDown\n\n${text}\n`,
    [`${folder}runbooks/deploy.md`]: "# Deploy\n\n## Before\n",
    [`${folder}runbooks/index.md`]: "# Runbooks\n",
  });
  const config = join(root, "chain.yaml");
  const report = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false })).text;
  return [...report.matchAll(/^ {4}(links to .*)$/gm)].map(([, message = ""]) => message);
}

describe("what shows the runbooks of a repository", () => {
  const right: readonly Shown[] = [
    { renderer: "mkdocs", url: "https://docs.example.com/runbooks/app/#backup-restore" },
    { renderer: "mkdocs", url: "https://docs.example.com/runbooks/app/#appdown_1" },
    { renderer: "mkdocs", url: "https://docs.example.com/runbooks/app/#appdown", folder: "docs/" },
    { renderer: "mkdocs", url: "https://docs.example.com/runbooks/" },
    { renderer: "mkdocs", text: "[a](#backup-restore) [b](deploy.md#before) [c](../deploy/#before)" },
    { renderer: "docusaurus", url: "https://docs.example.com/runbooks/app#backup--restore", folder: "docs/" },
    { renderer: "docusaurus", text: "[a](deploy#before) [b](./deploy/#before) [c](../deploy#before) [d](@site/src/x.md)" },
    { renderer: "gitlab", text: "[a](#backup--restore) [b](deploy.md#before)" },
    { renderer: "github", text: "[a](#backup--restore) [b](#appdown-1)" },
  ];
  for (const shown of right) it(`is right: ${JSON.stringify(shown)}`, () => assert.deepEqual(found(shown), []));

  const dead: readonly (readonly [shown: Shown, message: RegExp])[] = [
    [{ renderer: "mkdocs", text: "[a](#backup--restore)" }, /has no heading "backup--restore". Did you mean "backup-restore"/],
    [{ renderer: "github", text: "[a](#backup-restore)" }, /has no heading "backup-restore"/],
    [{ renderer: "mkdocs", url: "https://docs.example.com/runbooks/app/#appdown-1" }, /no heading of runbooks\/app\.md/],
    [{ renderer: "mkdocs", url: "https://docs.example.com/runbooks/gone/" }, /which does not exist/],
    [{ renderer: "mkdocs", text: "[a](deploy/#before)" }, /there is no runbooks\/deploy\//],
    [{ renderer: "docusaurus", text: "[a](./deploy#after)" }, /has no heading "after"/],
  ];
  for (const [shown, message] of dead)
    it(`is dead: ${JSON.stringify(shown)}`, () => {
      const [first = "", ...more] = found(shown);
      assert.match(first, message);
      assert.deepEqual(more, []);
    });

  for (const [file, renderer] of [
    ["mkdocs.yml", "mkdocs"],
    ["site/docusaurus.config.ts", "docusaurus"],
    ["notes.yml", undefined],
  ] as const)
    it(`is found by init: ${file}`, () => {
      const { "chain.yaml": _, ...files } = small;
      const root = folderOf({ ...files, [file]: "x: y\n" });
      told(() => runInit(root));
      const written = parse(readFileSync(join(root, "chain.yaml"), "utf8")) as Readonly<Record<string, unknown>>;
      assert.equal(written["runbookRenderer"], renderer);
    });
});
