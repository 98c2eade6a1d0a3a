import type { Journey } from "./journey";
import { journeyParts } from "./journey";
import { panel, type Dashboard, type Panel, type PanelQuery } from "./panel";
import { promql, where, type Query } from "./query";
import type { LatencySlo } from "./slo";
import { budgetLeft } from "./slo-queries";

/** The dashboard of a journey: what its steps take, on top of each other, against the budget; and the budgets of their objectives. */
export function journeyDashboard(journey: Journey): Dashboard {
  return {
    uid: `journey-${journey.id}`,
    title: `Journey: ${journey.title}`,
    description: `${journey.title}: what its steps take together, and what is left of their error budgets.`,
    rows: [
      { title: "Budget", panels: [stepsPanel(journey)] },
      { title: "Objectives", panels: journeyParts(journey).map(({ slo }) => budgetPanel(slo)) },
    ],
  };
}

/** Only serial steps stand on top of each other in truth; of parallel ones the stack shows more than the user waits. */
function stepsPanel(journey: Journey): Panel {
  const share = `p${Number((journey.quantile * 100).toPrecision(4))}`;
  return panel("steps", {
    title: `Steps, ${share} on top of each other`,
    shows:
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
    accepts: { "debug-label": "A journey adds up whole steps; the dashboard of the service tells its actors apart." },
  });
}

function budgetPanel(slo: LatencySlo): Panel {
  return panel(`budget-${slo.id}`, {
    title: `Error budget left: ${slo.title}`,
    shows: "The least that is left of the 30 days' error budget. Below 0 the objective is missed.",
    unit: "percentunit",
    view: "stat",
    queries: { left: { query: promql`min(${budgetLeft(slo)})`, legend: "left" } },
    accepts: { "debug-label": "A journey adds up whole steps; the dashboard of the service tells its actors apart." },
  });
}

function quantile({ histogram, matchers = {} }: LatencySlo, share: number): Query {
  return promql`histogram_quantile(${share}, sum by (le) (rate(${where(histogram.bucket, matchers)}[$__rate_interval])))`;
}
