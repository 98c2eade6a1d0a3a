import { blockIsFresh } from "../../../core/checks/block-is-fresh";
import { queryOf } from "../../../core/model/query";
import { testCheck } from "./rows";

const at = "runbooks/ex/incident-response.md:17";

testCheck(blockIsFresh, {
  accepted: [
    { name: "a block that names no source", markdown: (text) => `${text}\n\`\`\`promql\nsum(ex_depth)\n\`\`\`\n` },
    ...[
      "title=Depth",
      "name=depth",
      "linenums=1",
      "hl_lines=2",
      "lang=promql",
      "query=depth",
      "values=stack",
      "panel",
      "panel: depth",
    ].map((attribute) => ({
      name: `another attribute, ${attribute}`,
      markdown: (text: string) => `${text}\n\`\`\`promql ${attribute}\nsum(ex_depth)\n\`\`\`\n`,
    })),
  ],
  reported: [
    {
      name: "a block that was edited by hand",
      markdown: (text) => text.replace("   max by (actor_type)", "   min by (actor_type)"),
      findings: [`${at}: the block "promql panel=ex-overview/depth" differs from its source. Run \`npm run generate\`.`],
    },
    ...(["pannel=ex-overview/depth", "panels=ex-overview/dept", "source=ex-overview/depth"] as const).map((attribute) => ({
      name: `a misspelt attribute, ${attribute}`,
      markdown: (text: string) => text.replace("panel=ex-overview/depth", attribute),
      findings: [
        `${at}: the block "promql ${attribute}" is not kept fresh: nothing reads "${attribute.split("=")[0] ?? ""}=". Did you mean "panel="?`,
      ],
    })),
    ...["panel = ex-overview/depth", "panel:ex-overview/depth", "panel ex-overview/depth", "{panel: 'ex-overview/depth'}"].map(
      (attribute) => ({
        name: `a source that is named without an attribute, ${attribute}`,
        markdown: (text: string) => text.replace("panel=ex-overview/depth", attribute),
        findings: [
          `${at}: the block "promql ${attribute}" is not kept fresh. Write panel=ex-overview/depth, without spaces and quotation marks.`,
        ],
      }),
    ),
    {
      name: "a panel that was renamed",
      markdown: (text) => text.replace("panel=ex-overview/depth", "panel=ex-overview/dept"),
      findings: [
        `${at}: the block names the panel "ex-overview/dept", which no dashboard has. Did you mean "ex-overview/depth"?`,
      ],
    },
    {
      name: "a query that the panel does not have",
      panel: { queries: { a: { query: queryOf("up"), legend: "a" }, b: { query: queryOf("up"), legend: "b" } } },
      markdown: (text) => text.replace("panel=ex-overview/depth", "panel=ex-overview/extra query=c"),
      findings: [
        `${at}: the block names the panel "ex-overview/extra query=c", which no dashboard has. Did you mean "ex-overview/extra query=a"?`,
      ],
    },
    {
      name: "a gate that no rollout has",
      markdown: (text) => text.replace("promql panel=ex-overview/depth", "sql gate=ex/after/registered"),
      findings: [`${at}: the block names the gate "ex/after/registered", which no rollout has.`],
    },
  ],
});
