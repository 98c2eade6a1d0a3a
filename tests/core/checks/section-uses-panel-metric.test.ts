import { sectionUsesPanelMetric } from "../../../core/checks/section-uses-panel-metric";
import { testCheck } from "./rows";

testCheck(sectionUsesPanelMetric, {
  accepted: [
    {
      name: "a query of its own with the panel's metric",
      markdown: (text) => text.replace("promql panel=ex-overview/depth", "promql").replace("max by", "min by"),
    },
  ],
  reported: [
    {
      name: "a section without the panel's metric",
      markdown: (text) =>
        text.replace("promql panel=ex-overview/depth", "promql").replace("max by (actor_type) (ex_depth)", "sum(up)"),
      findings: [
        'services/ex/alerts.ts EXDeep: leads to "Scenario 1: Deep mailboxes" of runbooks/ex/incident-response.md, where no promql block uses a metric of its panel. Add a block ```promql panel=ex-overview/depth and run `npm run generate`.',
      ],
    },
  ],
});
