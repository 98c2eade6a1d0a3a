import { journeyHasOwners } from "../../../core/checks/journey-has-owners";
import { latencySlo } from "../../../core/model/slo";
import { deepAlert, metrics } from "./example";
import { testCheck } from "./rows";

const slo = latencySlo("ex-latency", {
  title: "Step",
  histogram: metrics.latency,
  thresholdSeconds: 0.5,
  objective: 0.95,
  impact: "x",
  runbook: deepAlert.runbook,
});
const journey = (...owners: readonly string[]) => ({
  model: {
    journeys: [{ id: "join", title: "Join", budgetSeconds: 2, quantile: 0.95, steps: owners.map((owner) => ({ slo, owner })) }],
  },
});

testCheck(journeyHasOwners, {
  accepted: [
    { name: "a step of a service that has its objective", ...journey("ex"), service: { slos: [slo] } },
    { name: "two steps of one service", ...journey("ex", "ex"), service: { slos: [slo] } },
    { name: "a journey without steps", ...journey() },
  ],
  reported: [
    {
      name: "an owner that is no service",
      ...journey("exx"),
      service: { slos: [slo] },
      findings: ['services/journeys.ts join: the owner of ex-latency, "exx", is no service. There are ex. Did you mean "ex"?'],
    },
    {
      name: "an objective that its owner does not have",
      ...journey("ex"),
      findings: [
        "services/journeys.ts join: ex-latency is no objective of its owner ex. Add it to the service's slos, or name its owner.",
      ],
    },
  ],
});
