import { panel, type Dashboard, type Panel } from "./panel";
import { promql, type Query } from "./query";
import { describeLimit, gatesOf, phasesOf, type Gate, type Limit, type Rollout, type SeenAs } from "./rollout";
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
    description: `What must hold while ${service.alertPrefix} is deployed. Grafana does not ask the database: where it stands for a gate of the database, a panel says what it shows instead, and npm run gate has the answer.`,
    variables: [{ name: "controller", label: "Controller", values: rollout.controllers }],
    rows: [
      ...phasesOf(rollout).map((phase) => ({
        title: phaseTitles[phase],
        panels: gatesOf(rollout, phase).map((gate) => gatePanel(`${phase}-${gate.id}`, gate)),
      })),
      { title: "Progress", panels: rollout.panels },
    ],
  };
}

function gatePanel(id: string, gate: Gate): Panel {
  if (gate.type === "sql") return panelOf(id, gate.seenAs);
  const { title, reason, query, holds, accepts } = gate;
  return { ...panelOf(id, { title, description: reason, query, holds }), ...(accepts && { accepts }) };
}

/** Without a limit the number is only shown: it is not about the chosen controller alone. */
function panelOf(id: string, { title, description, query, holds, badBelow }: SeenAs): Panel {
  return panel(id, {
    title,
    description: holds
      ? `${description} Holds while the number is ${describeLimit(holds)}; grey when it cannot be told.`
      : description,
    unit: "short",
    view: holds ? "gate" : "stat",
    ...(badBelow && { badBelow }),
    queries: { holds: { query: holds ? asCondition(query, holds) : query, legend: title } },
  });
}

function asCondition(query: Query, holds: Limit): Query {
  return "atLeast" in holds ? promql`${query} >= bool ${holds.atLeast}` : promql`${query} < bool ${holds.below}`;
}
