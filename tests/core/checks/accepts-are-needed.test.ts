import { acceptsAreNeeded } from "../../../core/checks/accepts-are-needed";
import { debugLabel } from "../../../core/checks/debug-label";
import { markdownLinks } from "../../../core/checks/markdown-links";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { testCheck } from "./rows";

const shown = (query: string, accepts: Readonly<Record<string, string>>) => ({
  panel: panel("extra", {
    title: "Extra",
    description: "x",
    unit: "short",
    accepts,
    queries: { q: { query: queryOf(query), legend: "q" } },
  }),
});
const below = (id: string, text: string) => ({
  markdown: (before: string) => `${before}\n## More\n\n<!-- accept ${id}: it comes later -->\n\n${text}\n`,
});
const at = "services/ex/dashboards.ts ex-overview/extra";

testCheck(acceptsAreNeeded([debugLabel, markdownLinks]), {
  accepted: [
    { name: "what is found on a panel", ...shown("sum(ex_depth)", { "debug-label": "It is about all." }) },
    { name: "what is found below a heading", ...below("markdown-links", "[x](gone.md)") },
    { name: "a thing that accepts nothing", ...shown("sum(up)", {}) },
  ],
  reported: [
    {
      name: "what is no longer found on a panel",
      ...shown("max by (actor_type) (ex_depth)", { "debug-label": "It was about all." }),
      findings: [`${at}: accepts debug-label, which finds nothing here any more. Take it out.`],
    },
    {
      name: "a check that does not exist",
      ...shown("sum(ex_depth)", { "debug-lable": "It is about all." }),
      findings: [`${at}: accepts "debug-lable", which is no check. Did you mean "debug-label"?`],
    },
    {
      name: "what is no longer found below a heading",
      ...below("markdown-links", "[x](incident-response.md)"),
      findings: ["runbooks/ex/incident-response.md:29: accepts markdown-links, which finds nothing here any more. Take it out."],
    },
  ],
});
