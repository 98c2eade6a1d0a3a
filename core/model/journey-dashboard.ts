import type { Journey } from "./journey";
import { quantileOf } from "./histogram-query";
import { journeyParts } from "./journey";
import { panel, type Dashboard, type Panel, type PanelQuery } from "./panel";
import { promql, type Query } from "./query";
import { budgetRunsOut, type LatencySlo } from "./slo";
import { budgetLeft } from "./slo-queries";

/** The dashboard of a journey: what its steps take, on top of each other, against the budget; and the budgets of their objectives. */
export function journeyDashboard(journey: Journey): Dashboard {
  return {
    uid: uidOf(journey),
    title: `Journey: ${journey.title}`,
    description: `${journey.title}: what its steps take together, and what is left of their error budgets.`,
    about: [...new Set(journeyParts(journey).map(({ owner }) => owner))],
    rows: [{ title: "Budget", panels: [stepsPanel(journey), ...journeyParts(journey).map(({ slo }) => budgetPanel(slo))] }],
  };
}

/** The panels of a journey's dashboard, each as `dashboard/panel`, and the services of which they tell. */
export function journeyPanels(journey: Journey): readonly { readonly name: string; readonly owner: string }[] {
  const uid = uidOf(journey);
  return journeyParts(journey).flatMap(({ slo, owner }) =>
    [stepsId, budgetId(slo)].map((id) => ({ name: `${uid}/${id}`, owner })),
  );
}

const stepsId = "steps";

function uidOf({ id }: Journey): string {
  return `journey-${id}`;
}

function budgetId(slo: LatencySlo): string {
  return `budget-${slo.id}`;
}

/** Only serial steps stand on top of each other in truth; of parallel ones the stack shows more than the user waits. */
function stepsPanel(journey: Journey): Panel {
  const share = `p${Number((journey.quantile * 100).toPrecision(4))}`;
  return panel(stepsId, {
    title: `Steps, ${share} on top of each other`,
    description:
      `The ${share} of each step, stacked, and the journey's budget as a line. ` +
      `Sums of quantiles are a rule of thumb: see the decision on journeys.`,
    unit: "s",
    stacked: true,
    limit: { value: journey.budgetSeconds, label: "budget" },
    queries: Object.fromEntries(
      journeyParts(journey).map(({ slo }): [string, PanelQuery] => [
        slo.id,
        { query: quantile(slo, journey.quantile), legend: slo.title },
      ]),
    ),
    ...(journeyParts(journey).some(({ slo }) => slo.histogram.requiredGrouping !== undefined) && { accepts: wholeSteps }),
  });
}

const wholeSteps = {
  "required-grouping-is-kept": "A journey adds up whole steps; the dashboard of the service tells its actors apart.",
};

function budgetPanel(slo: LatencySlo): Panel {
  return panel(budgetId(slo), {
    title: `Error budget left: ${slo.title}`,
    description: "The least that is left of the 30 days' error budget. Below 0 the objective is missed.",
    unit: "percentunit",
    view: "stat",
    badBelow: budgetRunsOut,
    queries: { left: { query: promql`min(${budgetLeft(slo)})`, legend: "left" } },
    ...(slo.histogram.requiredGrouping !== undefined && { accepts: wholeSteps }),
  });
}

function quantile({ histogram, matchers: of = {} }: LatencySlo, share: number): Query {
  return quantileOf(share, histogram, { of, by: [], window: "$__rate_interval" });
}
