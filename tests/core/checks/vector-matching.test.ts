import { vectorMatching } from "../../../core/checks/vector-matching";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";

testCheck(vectorMatching, {
  accepted: [
    { name: "two sides grouped alike", query: "sum by (status) (ex_joins_total) / sum by (status) (ex_joins_total)" },
    { name: "on (…)", query: "ex_joins_total * on (instance) group_left sum by (instance) (up)" },
    { name: "ignoring (…)", query: "ex_joins_total / ignoring (status) group_left sum by (job, instance) (ex_joins_total)" },
    { name: "or, which needs no match", query: "sum(ex_depth) or up" },
    { name: "a number", query: "ex_depth / 2 > 1" },
  ],
  reported: [
    {
      name: "a ratio that can never match",
      query: "sum by (status) (ex_joins_total) / sum(ex_joins_total)",
      findings: [
        `${panel}: the panel combines series by (status) with series by () using "/": they never match. Add on (…) or ignoring (…), or group both sides alike.`,
      ],
    },
  ],
});
