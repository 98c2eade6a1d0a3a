import { objectiveIsDeployed } from "../../../core/checks/objective-is-deployed";
import { latencySlo } from "../../../core/model/slo";
import { withSlos } from "../../../core/model/slo-chain";
import { deepAlert, exampleModel, metrics } from "./example";
import { testCheck } from "./rows";

const slo = (objective: number) =>
  latencySlo("ex-latency", {
    title: "L",
    histogram: metrics.latency,
    thresholdSeconds: 0.5,
    objective,
    impact: "x",
    runbook: deepAlert.runbook,
  });
const [example] = exampleModel({ service: { slos: [slo(0.95)] } }).services;
const wrapped = (objective: number) => (example ? withSlos({ ...example, slos: [slo(objective)] }) : {});

testCheck(objectiveIsDeployed, {
  accepted: [
    { name: "a service without objectives" },
    { name: "an objective whose rules are there", service: wrapped(0.95) },
    { name: "an objective that the check slo-is-measurable refuses", service: wrapped(1) },
    { name: "one that is no number, which that check refuses too", service: wrapped(NaN) },
  ],
  reported: [
    {
      name: "an objective of a service that was not wrapped",
      service: { slos: [slo(0.95)] },
      findings: [
        "services/ex/slos.ts ex-latency: nothing counts this objective: its rules are not among those of ex. Give the service at least one dashboard, and wrap it: withSlos({ … }).",
      ],
    },
  ],
});
