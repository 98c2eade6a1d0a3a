import { type Journey, journeyDashboard, service } from "../core/model";
import { slos as gcSlos } from "./gc/slos";
import { slos as mcSlos } from "./mc/slos";

/** What users do across services. */
export const journeys: readonly Journey[] = [
  {
    id: "meeting-join",
    title: "Meeting join, client to session",
    budgetSeconds: 0.6,
    quantile: 0.95,
    steps: [
      { slo: gcSlos.assignment, owner: "gc" },
      { slo: mcSlos.messageProcessing, owner: "mc" },
    ],
  },
];

/** The dashboards of the journeys, deployed as those of a service that has nothing else of its own. */
export const journeyService = service("journeys", {
  title: "Journeys",
  metricPrefix: "journey_",
  alertPrefix: "Journey",
  dashboards: journeys.map(journeyDashboard),
});
