import { acceptsAreNeeded } from "../../../core/checks/accepts-are-needed";
import { requiredGroupingIsKept } from "../../../core/checks/required-grouping-is-kept";
import { linkExists } from "../../../core/checks/link-exists";
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

testCheck(acceptsAreNeeded([requiredGroupingIsKept, linkExists]), {
  accepted: [
    { name: "what is found on a panel", ...shown("sum(ex_depth)", { "required-grouping-is-kept": "It is about all." }) },
    { name: "what is found below a heading", ...below("link-exists", "[x](gone.md)") },
    { name: "a thing that accepts nothing", ...shown("sum(up)", {}) },
    { name: "what only servers could tell", ...shown("sum(up)", { "query-finds-series": "It comes with the next version." }) },
  ],
  reported: [
    {
      name: "what is no longer found on a panel",
      ...shown("max by (actor_type) (ex_depth)", { "required-grouping-is-kept": "It was about all." }),
      findings: [`${at}: accepts required-grouping-is-kept, which finds nothing here any more. Take it out.`],
    },
    {
      name: "the former id of a check, which still accepts",
      ...shown("sum(ex_depth)", { "debug-label": "It is about all." }),
      findings: [`${at}: accepts "debug-label", which is called "required-grouping-is-kept" now. Write that.`],
    },
    {
      name: "a check that does not exist",
      ...shown("sum(ex_depth)", { "required-grouping-is-keptt": "It is about all." }),
      findings: [`${at}: accepts "required-grouping-is-keptt", which is no check. Did you mean "required-grouping-is-kept"?`],
    },
    {
      name: "what is no longer found below a heading",
      ...below("link-exists", "[x](incident-response.md)"),
      findings: ["runbooks/ex/incident-response.md:29: accepts link-exists, which finds nothing here any more. Take it out."],
    },
  ],
});
