import { alertHasPanel } from "../../../core/checks/alert-has-panel";
import { queryOf } from "../../../core/model/query";
import { depthPanel } from "./example";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const query = { query: queryOf("ex_depth"), legend: "" };

testCheck(alertHasPanel, {
  accepted: [
    {
      name: "an expression of its own that shares a metric",
      alert: { when: { expression: queryOf("ex_depth > 2"), trigger: "x" } },
    },
  ],
  reported: [
    {
      name: "a panel on no dashboard",
      alert: { panel: { ...depthPanel, id: "orphan" } },
      findings: [`${at}: its panel "orphan" is on no dashboard. Put it into a row of one.`],
    },
    {
      name: "an expression that the panel does not show",
      alert: { when: { expression: queryOf("ex_joins_total > 1"), trigger: "x" } },
      findings: [`${at}: its expression shares no metric with its panel "depth". Name the panel that shows it.`],
    },
    {
      name: "a query that the panel does not have",
      alert: { query: "dept" },
      findings: [
        `${at}: watches the query "dept", which its panel does not have. The panel "depth" has "depth". Did you mean "depth"?`,
      ],
    },
    {
      name: "no choice among several queries",
      alert: { panel: { ...depthPanel, queries: { a: query, b: query } } },
      findings: [
        `${at}: its panel "depth" is on no dashboard. Put it into a row of one.`,
        `${at}: does not say which query of its panel it watches. The panel "depth" has "a", "b". Name one as query.`,
      ],
    },
  ],
});
