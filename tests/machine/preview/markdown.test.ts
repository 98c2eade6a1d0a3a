import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Change } from "../../../core/model/change";
import { renderPreview } from "../../../machine/preview/markdown";
import { commentLimit } from "../../../machine/preview/markdown-text";
import type { StackPreview } from "../../../machine/preview/preview-stack";

const quiet: StackPreview = {
  stack: "dev",
  isSame: false,
  baseMissing: "",
  refusal: "",
  changes: [],
  comparisons: [],
  resources: [],
  diff: "",
};

function render(stacks: readonly StackPreview[], removedStacks: readonly string[] = []): string {
  return renderPreview({ base: "1111111 Base", head: "2222222 Head", stacks, removedStacks });
}

function alertChange(name: string, more: Partial<Change>): Change {
  return { kind: "alert", action: "changed", name, ...more };
}

describe("a preview as Markdown", () => {
  it("stays below the limit of a comment, whatever the change, and says that it was cut", () => {
    const changes = Array.from({ length: 2_000 }, (_, number) =>
      alertChange(`Alert${number}`, { what: "query", before: `up == ${number}`.repeat(50), after: `up != ${number}`.repeat(50) }),
    );
    const diff = Array.from({ length: 100_000 }, (_, number) => `+line ${number}`).join("\n");
    const stacks = Array.from({ length: 20 }, (_, number) => ({
      ...quiet,
      stack: `stack-${number}`,
      changes: changes.slice(number),
      diff,
    }));
    const text = render(stacks);
    assert.ok(text.length <= commentLimit, String(text.length));
    assert.match(text, /_More is left out for want of room: it is in preview\.json\._\n$/);
    assert.match(text, /^## Changes 2000 alerts$/m);
  });

  it("tells what the touched alerts would have done, once for stacks of which the same is true, or why it cannot be told", () => {
    const backtest = { conclusion: ["A_b would have paged 3 times instead of 1."], details: "ALERT  FIRED\nA_b    1 → 3" };
    const text = render([
      { ...quiet, backtest },
      { ...quiet, stack: "prod", backtest },
      { ...quiet, stack: "other" },
    ]);
    assert.match(text, /\n### On the data of the last days: dev, prod\n\n- A\\_b would have paged 3 times instead of 1\.\n/);
    assert.match(
      text,
      /<summary>What the alerts would have done: dev, prod<\/summary>\n\n```text\nALERT {2}FIRED\nA_b {4}1 → 3\n```/,
    );
    const untold = render([{ ...quiet, backtest: { cannotTell: "Cannot tell: http://localhost:9090: no answer." } }]);
    assert.match(untold, /\n- Cannot tell: http:\/\/localhost:9090: no answer\.\n/);
    assert.doesNotMatch(render([quiet]), /last days/);
  });

  it("tells of a new service in a few lines, apart from what changes of the others", () => {
    const added = (kind: Change["kind"], name: string, more: Partial<Change> = {}): Change => ({
      ...{ kind, action: "added", name, newService: "mh" },
      ...more,
    });
    const changes: readonly Change[] = [
      added("alert", "MHLoss", { severity: "warning", note: "Severity warning; fires when it is above 2 %." }),
      added("alert", "MHDown", { severity: "page" }),
      added("alert", "MHJitter", { severity: "warning" }),
      ...["a", "b", "c"].map((slug) => added("runbook section", `mh/incident-response.md#${slug}`)),
      added("objective", "mh-forwarding", { after: "95 % within 10 ms" }),
      added("dashboard", "mh-overview"),
      alertChange("GCDown", { what: "for", before: "1m", after: "2m" }),
    ];
    const newServices = [{ id: "mh", dependsOn: ["mc"], neededBy: [] }];
    const diff =
      "--- /dev/null\n+++ after/manifests/monitoring/prometheusrule-dark-tower-mh.yaml\n+x\n--- before/gc-rules.yaml\n+++ after/gc-rules.yaml\n-1m\n+2m";
    const text = render([{ ...quiet, changes, newServices, diff }]);
    assert.match(text, /^## Adds `mh`, and changes 1 alert$/m);
    const section = [
      "### dev",
      "",
      "**New: mh.** 3 alerts, 3 runbook sections, 1 objective, 1 dashboard.",
      "",
      "| severity | alerts |",
      "|---|---|",
      "| page | `MHDown` |",
      "| warning | `MHLoss`, `MHJitter` |",
      "",
      "- Dashboards: `mh-overview`",
      "- Objectives: `mh-forwarding`: 95 % within 10 ms",
      "- Depends on: `mc`",
      "- Needed by: none",
      "",
      "| what | which | change |",
      "|---|---|---|",
      "| alert | `GCDown` | for: 1m → **2m** |",
    ].join("\n");
    assert.ok(text.includes(section), text);
    assert.doesNotMatch(text, /dark-tower-mh|incident-response/);
    assert.match(text, /gc-rules/);
  });

  it("closes what it has opened when it is cut", () => {
    const diff = Array.from({ length: 100_000 }, (_, number) => `+line ${number}`).join("\n");
    const text = render([{ ...quiet, diff }]);
    assert.ok(text.length > commentLimit / 2 && text.length <= commentLimit, String(text.length));
    assert.match(text, /\n… and \d+ lines more\n```\n\n<\/details>\n$/);
  });

  it("fences a document with more backticks than it contains", () => {
    const text = render([{ ...quiet, diff: "+```promql\n+up\n+```" }]);
    assert.match(text, /\n````diff\n\+```promql\n\+up\n\+```\n````\n/);
  });

  it("lets no name become markup, a link, or a mention", () => {
    const name = "a`b|c";
    const text = render([
      { ...quiet, changes: [alertChange(name, { what: "summary", before: "@everyone <b>", after: "[x](http://x) | *y*" })] },
    ]);
    assert.match(
      text,
      /\| alert \| `a'b\\\|c` \| summary: @\u200beveryone &lt;b> → \*\*\\\[x\\\]\(http:\/\/x\) \\\| \\\*y\\\*\*\* \|/,
    );
  });

  it("shows a long text before and after in the folded part", () => {
    const text = render([{ ...quiet, changes: [alertChange("A", { what: "query", before: "up\n== 1", after: "up\n== 0" })] }]);
    assert.match(text, /\| alert \| `A` \| query changed, see below \|/);
    assert.match(
      text,
      /<summary>Queries and texts: dev<\/summary>\n\n```diff\n@@ alert A: query @@\n-up\n-== 1\n\+up\n\+== 0\n```/,
    );
  });

  it("names stacks that no longer have a file, and bases that cannot be deployed", () => {
    const text = render([{ ...quiet, baseMissing: "The base has no such stack: everything is new." }], ["old"]);
    assert.match(
      text,
      /^\*\*Stack old has no file any more\.\*\* What it has deployed stays until `pulumi destroy --stack old`\.$/m,
    );
    assert.match(text, /^dev: The base has no such stack: everything is new\.$/m);
  });
});
