import assert from "node:assert/strict";
import { sectionUsesPanelMetric } from "../../../core/checks/section-uses-panel-metric";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

/** Another service whose panel draws the same metric, of its own targets. */
const [upstream = assert.fail()] = exampleModel({
  service: {
    id: "up",
    dashboards: [
      {
        uid: "up-overview",
        title: "UP",
        description: "Example.",
        rows: [
          {
            title: "Row",
            panels: [
              panel("depth", {
                title: "Depth",
                description: "Example.",
                unit: "short",
                queries: { it: { query: queryOf("max by (actor_type) (ex_depth)"), legend: "" } },
              }),
            ],
          },
        ],
      },
    ],
    alerts: [],
    recordingRules: [],
  },
}).services;

testCheck(sectionUsesPanelMetric, {
  accepted: [
    {
      name: "a query of its own with the panel's metric",
      markdown: (text) => text.replace("promql panel=ex-overview/depth", "promql").replace("max by", "min by"),
    },
  ],
  reported: [
    {
      name: "a section that only looks at an upstream",
      markdown: (text) => text.replace("promql panel=ex-overview/depth", "promql panel=up-overview/depth"),
      model: { services: [...exampleModel().services, upstream] },
      findings: [
        'services/ex/alerts.ts EXDeep: leads to "Scenario 1: Deep mailboxes" of runbooks/ex/incident-response.md, where no promql block uses a metric of its panel. Add a block ```promql panel=ex-overview/depth and run `npm run generate`.',
      ],
    },
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
