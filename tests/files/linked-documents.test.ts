import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, small, told } from "./small-repository";

const address = "https://github.com/acme/ops/blob/main/";
const guide = "# Guide\n\n## Restart\n\n<a id=old></a>\n\n<!--\n## Hidden\n-->\n\n[gone](nowhere.md)\n";

/** What is found where a link to a guide that chain.yaml does not name stands in a runbook, and alone as an alert's runbook_url. */
function found(link: string, url = "runbooks/app.md#appdown"): readonly string[] {
  const root = folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}runbookUrls: ["${address}"]\n`,
    "rules/app.yaml": (small["rules/app.yaml"] ?? "").replace("runbooks/app.md#appdown", url),
    "runbooks/app.md": `${small["runbooks/app.md"] ?? ""}\n${link}\n`,
    "docs/guide.md": guide,
    "docs/go.go": "package go\n",
  });
  const config = join(root, "chain.yaml");
  const { text } = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
  return [...text.matchAll(/^ {4}(links to .*)$/gm)].map(([, message = ""]) => message);
}

describe("a link to a document that the configuration does not name", () => {
  const dead: readonly (readonly [what: string, link: string, message: RegExp])[] = [
    ["a heading that is not there", "[x](../docs/guide.md#restrat)", /has no heading "restrat". Did you mean "restart"\?/],
    ["a heading in a comment", "[x](../docs/guide.md#hidden)", /has no heading "hidden"/],
    ["a heading, by the address of the repository", `[x](${address}docs/guide.md#gone)`, /docs\/guide\.md has no heading "gone"/],
    ["an address of the repository that is none of its documents", `[x](${address}docs/gone.md)`, /there is no docs\/gone\.md/],
  ];
  for (const [what, link, message] of dead)
    it(`is told: ${what}`, () => {
      const [one = "", ...more] = found(link);
      assert.match(one, message);
      assert.deepEqual(more, []);
    });

  const alive: readonly (readonly [what: string, link: string])[] = [
    ["a heading", "[x](../docs/guide.md#restart)"],
    ["an anchor", "[x](../docs/guide.md#old)"],
    ["the whole of it, whose own links nobody asked for", "[x](../docs/guide.md)"],
    ["a heading, by the address of the repository", `[x](${address}docs/guide.md?plain=1#restart)`],
    ["lines of code, by the address of the repository", `[x](${address}docs/go.go#L1)`],
    ["a page behind that address that is no file", `[x](${address})`],
    ["another repository", "[x](https://github.com/acme/other/blob/main/docs/guide.md#gone)"],
    ["what lies beside the repository", "[x](../../other/guide.md#gone)"],
  ];
  for (const [what, link] of alive) it(`is silent: ${what}`, () => assert.deepEqual(found(link), []));

  it("is told and silent where it is an alert's", () => {
    assert.deepEqual(found("", `${address}docs/guide.md#restart`), []);
    assert.match(String(found("", `${address}docs/guide.md#gone`)), /^links to "gone", which is no heading of docs\/guide\.md\./);
  });
});
