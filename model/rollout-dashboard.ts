import { panel, type Dashboard, type Panel } from "./panel";
import { promql, type Query } from "./query";
import { describeLimit, gatesOf, rolloutPhases, type Gate, type Limit, type Rollout } from "./rollout";
import type { Service } from "./service";

const phaseTitles = { before: "Before", drain: "Drain", after: "After" } as const;

/** The service with the dashboard of its rollout: one stat a gate, red or green, and the graphs beside them. */
export function withRolloutDashboard(service: Service): Service {
  const { rollout } = service;
  return rollout ? { ...service, dashboards: [...service.dashboards, rolloutDashboard(service, rollout)] } : service;
}

function rolloutDashboard(service: Service, rollout: Rollout): Dashboard {
  return {
    uid: `${service.id}-rollout`,
    title: `${service.alertPrefix} rollout`,
    description: `What must hold before, while and after an ${service.alertPrefix} is deployed. The gates of the database show as Prometheus sees them; npm run gate asks the database itself.`,
    variables: [{ name: "controller", label: "Controller", values: rollout.controllers }],
    rows: [
      ...rolloutPhases.map((phase) => ({
        title: phaseTitles[phase],
        panels: gatesOf(rollout, phase).map((gate) => gatePanel(`${phase}-${gate.id}`, gate)),
      })),
      { title: "Progress", panels: rollout.panels },
    ],
  };
}

function gatePanel(id: string, gate: Gate): Panel {
  const { query, holds } = gate.type === "promql" ? gate : gate.seenAs;
  return panel(id, {
    title: gate.title,
    shows: `${gate.reason} Holds while the number is ${describeLimit(holds)}.`,
    unit: "short",
    view: "gate",
    queries: { holds: { query: asCondition(query, holds), legend: gate.title } },
  });
}

function asCondition(query: Query, holds: Limit): Query {
  return "atLeast" in holds ? promql`${query} >= bool ${holds.atLeast}` : promql`${query} < bool ${holds.below}`;
}
