import { journeyFitsBudget } from "../../../core/checks/journey-fits-budget";
import type { Journey } from "../../../core/model/journey";
import { latencySlo } from "../../../core/model/slo";
import { deepAlert, metrics } from "./example";
import { testCheck } from "./rows";

const part = (thresholdSeconds: number) => ({
  owner: "ex",
  slo: latencySlo("ex-latency", {
    title: "Step",
    histogram: metrics.latency,
    thresholdSeconds,
    objective: 0.95,
    impact: "x",
    runbook: deepAlert.runbook,
  }),
});
const journey = (steps: Journey["steps"]) => ({
  model: { journeys: [{ id: "join", title: "Join", budgetSeconds: 0.6, quantile: 0.95, steps }] },
});

testCheck(journeyFitsBudget, {
  accepted: [
    { name: "steps that add up to the budget exactly", ...journey([part(0.5), part(0.1)]) },
    { name: "parallel steps, of which the slowest counts", ...journey([{ parallel: [part(0.5), part(0.5)] }, part(0.1)]) },
  ],
  reported: [
    {
      name: "steps that do not fit, with the table",
      ...journey([part(0.1), part(1)]),
      findings: [
        [
          "services/journeys.ts join: its steps take 500 ms more than its budget. Tighten an objective, or agree on a larger budget.",
          "Join: 1.1 s of 600 ms (95 %), 500 ms over",
          "  step  owner  objective            share of the budget  may be loosened to",
          "  Step  ex     95 % within 100 ms   16.7 %               –",
          "  Step  ex     95 % within 1000 ms  166.7 %              –",
          "  Adding quantiles is the operations team's rule. In the worst case this sum guarantees 90 % of the journeys;",
          "  for 95 % each step would have to keep its time in 97.5 % of the cases.",
        ].join("\n"),
      ],
    },
  ],
});
