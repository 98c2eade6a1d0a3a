import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Comparison } from "../../../core/site/comparison";
import { renderPreview } from "../../../machine/preview/markdown";
import type { PreviewSite } from "../../../machine/preview/change-links";
import { unseen } from "../../../machine/preview/preview-stack";

const page = { file: "alerts/A/index.html" };
const section = { file: "runbooks/mc/a.md/index.html", fragment: "b-(c)|d" };
const published: PreviewSite = {
  ...{ type: "published", url: "https://acme.example/watch/pull/7" },
  before: new Set([page.file, section.file, "index.html"]),
  after: new Set([page.file, section.file, "index.html"]),
};

/** The rows of the table of a preview in which these things change. */
function rows(site: PreviewSite | undefined, ...comparisons: readonly Omit<Comparison, "notes" | "parts">[]): readonly string[] {
  const all = comparisons.map((comparison) => ({ ...comparison, notes: [], parts: [] }));
  const changes = comparisons.map(({ kind, action, name }) => ({ kind, action, name, what: "for", before: "1m", after: "2m" }));
  const preview = { base: "1 Base", head: "2 Head", removedStacks: [] };
  const text = renderPreview({ ...preview, stacks: [{ ...unseen("dev"), changes, comparisons: all }] }, site);
  return text.split("\n").filter((line) => line.includes("](https:"));
}

const root = "https://acme.example/watch/pull/7/";

describe("what a preview leads to", () => {
  it("is both sides beside each other, and the page on either, of what is changed", () => {
    const [about, row] = rows(published, { kind: "alert", action: "changed", name: "A", before: page, after: page });
    assert.equal(
      about,
      `[Before and after, side by side](${root}changes/), the site [before](${root}before/), [after](${root}).`,
    );
    assert.equal(
      row,
      `| alert | [\`A\`](${root}changes/#alert%3AA) ([before](${root}before/alerts/A/), [after](${root}alerts/A/)) | for: 1m → **2m** |`,
    );
  });

  it("is only the side on which it is, of what is added or removed", () => {
    const [, added, removed] = rows(
      published,
      { kind: "alert", action: "added", name: "A", after: page },
      { kind: "alert", action: "removed", name: "B", before: page },
    );
    assert.match(added ?? "", /#alert%3AA\) \(\[after\]\([^)]*\)\) \|/);
    assert.match(removed ?? "", /#alert%3AB\) \(\[before\]\([^)]*\)\) \|/);
  });

  it("is no page that is not on the site, such as one of another stack", () => {
    const [, row] = rows(published, { kind: "alert", action: "changed", name: "A", after: { file: "alerts/Other/index.html" } });
    assert.match(row ?? "", /#alert%3AA\) \|/);
    const [, plain] = rows(published, { kind: "receiver", action: "changed", name: "page" });
    assert.match(plain ?? "", /\| receiver \| \[`page`\]\([^)]*\) \|/);
  });

  it("is written so that neither the link nor the table ends before its end", () => {
    const name = "a`b|c](http://x)";
    const [, row] = rows(published, { kind: "runbook section", action: "changed", name, after: section });
    assert.equal(
      row,
      `| runbook section | [\`a'b\\|c](http://x)\`](${root}changes/#runbook_section%3Aa%60b%7Cc%5D%28http%3A%2F%2Fx%29) ` +
        `([after](${root}runbooks/mc/a.md/#b-%28c%29%7Cd)) | for: 1m → **2m** |`,
    );
  });

  it("is the run's artifact where the site is not published, as that of a fork", () => {
    const url = "https://github.com/acme/watch/actions/runs/42";
    const lines = rows({ type: "attached", url }, { kind: "alert", action: "changed", name: "A", before: page, after: page });
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /^Before and after, side by side: the artifact `site` of \[this run\]\(https:\S*\/42\)\./);
  });

  it("is nothing where no site was asked for", () => {
    assert.deepEqual(rows(undefined, { kind: "alert", action: "changed", name: "A", before: page, after: page }), []);
  });
});
