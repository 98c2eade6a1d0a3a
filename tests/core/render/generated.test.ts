import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";
import { panel, type Panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { loadProject } from "../../../project";
import { rewriteBlocks } from "../../../core/render/runbook-blocks";
import { renderSectionsFile } from "../../../core/render/sections-file";
import { exampleModel } from "../checks/example";

describe("the sections file", () => {
  it("lists every heading by service, file and anchor", () => {
    const documents = [
      readMarkdown("ex/incident-response.md", '# EX "quoted"\n## Twice\n## Twice\n'),
      readMarkdown("ex/b_c.d.md", ""),
    ];
    assert.equal(
      renderSectionsFile(documents),
      `// Written by \`npm run generate\` from the headings in runbooks/**/*.md. Do not edit.

/** Every section that an alert can link to, by service, file and anchor. */
export const runbooks = {
  "ex": {
    "incidentResponse": {
      "ex-quoted": { path: "ex/incident-response.md", slug: "ex-quoted", title: "EX \\"quoted\\"" },
      "twice": { path: "ex/incident-response.md", slug: "twice", title: "Twice" },
      "twice-1": { path: "ex/incident-response.md", slug: "twice-1", title: "Twice" },
    },
    "bCD": {

    },
  },
} as const;
`,
    );
  });
});

describe("the marked blocks of a runbook", () => {
  const two: Partial<Panel> = panel("extra", {
    title: "Extra",
    description: "x",
    unit: "short",
    queries: {
      all: { query: queryOf("sum(up)\n/ count(up)"), legend: "" },
      rate: { query: queryOf("rate(ex_joins_total[$__rate_interval])"), legend: "" },
    },
  });

  const rows: readonly (readonly [name: string, before: readonly string[], after: readonly string[]])[] = [
    [
      "are filled with their panel's query",
      ["```promql panel=ex-overview/depth", "stale", "```"],
      ["```promql panel=ex-overview/depth", "max by (actor_type) (ex_depth)", "```"],
    ],
    [
      "are filled where they were empty",
      ["```promql panel=ex-overview/depth", "```", "after"],
      ["```promql panel=ex-overview/depth", "max by (actor_type) (ex_depth)", "```", "after"],
    ],
    [
      "hold several queries, each under its id, with a fixed window",
      ["```promql panel=ex-overview/extra", "x", "```"],
      ["```promql panel=ex-overview/extra", "# all", "sum(up)", "/ count(up)", "", "# rate", "rate(ex_joins_total[5m])", "```"],
    ],
    [
      "keep the indentation of their list, without trailing spaces",
      ["1. **Look.**", "", "   ```promql panel=ex-overview/extra", "   x", "   ```"],
      [
        "1. **Look.**",
        "",
        "   ```promql panel=ex-overview/extra",
        "   # all",
        "   sum(up)",
        "   / count(up)",
        "",
        "   # rate",
        "   rate(ex_joins_total[5m])",
        "   ```",
      ],
    ],
    [
      "may begin beside their bullet",
      ["- ```promql panel=ex-overview/depth", "  x", "  ```"],
      ["- ```promql panel=ex-overview/depth", "  max by (actor_type) (ex_depth)", "  ```"],
    ],
    [
      "may stand in a quotation",
      ["> ```promql panel=ex-overview/depth", "> x", "> ```"],
      ["> ```promql panel=ex-overview/depth", "> max by (actor_type) (ex_depth)", "> ```"],
    ],
    [
      "stay as they are when nobody knows their source",
      ["```promql panel=ex-overview/gone", "x", "```"],
      ["```promql panel=ex-overview/gone", "x", "```"],
    ],
    ["are no other blocks", ["```promql", "up", "```"], ["```promql", "up", "```"]],
  ];
  for (const [name, before, after] of rows) {
    it(name, () => {
      assert.equal(rewrite(before.join("\n")), after.join("\n"));
    });

    it(`${name}, and a second time nothing changes`, () => {
      assert.equal(rewrite(after.join("\n")), after.join("\n"));
    });
  }

  it("are all written in one go", () => {
    const block = (body: string) => `\`\`\`promql panel=ex-overview/depth\n${body}\n\`\`\`\n`;
    assert.equal(rewrite(block("a\nb\nc") + block("d")), block("max by (actor_type) (ex_depth)").repeat(2));
  });

  function rewrite(text: string): string {
    return rewriteBlocks(exampleModel({ panel: two }), readMarkdown("ex/a.md", text));
  }
});

describe("what is generated in this project", () => {
  const model = loadProject(resolve(__dirname, "../../.."));

  it("is what npm run generate would write again", () => {
    assert.equal(renderSectionsFile(model.runbooks), model.sectionsFile);
    for (const document of model.runbooks) assert.equal(rewriteBlocks(model, document), document.text, document.path);
  });
});
