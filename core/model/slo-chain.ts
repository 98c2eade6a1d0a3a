import type { Alert } from "./alert";
import { alert } from "./declared-alert";
import { minutes, toSeconds, type Duration } from "./duration";
import { formatFloat } from "./float";
import { counterValues, fires, quiet, type Example, type InputSeries } from "./example";
import { nativeValues } from "./native-series";
import { panel, type Panel, type PanelQuery, type Row } from "./panel";
import { promql } from "./query";
import type { RecordingRule } from "./recording-rule";
import type { Service } from "./service";
import {
  budgetRunsOut,
  burnRates,
  describeObjective,
  errorBudget,
  fewBadEvents,
  sloWindow,
  type BurnRate,
  type LatencySlo,
  type Slo,
  whyUnmeasurable,
} from "./slo";
import { badEvents, budgetLeft, burnRate, sloGroup, sloRecordings } from "./slo-queries";

/** Everything that follows from one objective. */
export interface SloChain {
  readonly recordingRules: readonly RecordingRule[];
  readonly burnRatePanel: Panel;
  readonly budgetPanel: Panel;
  readonly alerts: readonly Alert[];
}

/** The service with the recording rules, the panels and the burn-rate alerts of its objectives. */
export function withSlos(service: Service): Service {
  const chains = service.slos.map((slo) => sloChain(measurable(slo), service.alertPrefix));
  const row: Row = {
    title: "Objectives",
    panels: chains.flatMap(({ budgetPanel, burnRatePanel }) => [budgetPanel, burnRatePanel]),
  };
  const [overview, ...others] = service.dashboards;
  if (!overview || chains.length === 0) return service;
  return {
    ...service,
    dashboards: [{ ...overview, rows: [...overview.rows, row] }, ...others],
    recordingRules: [...service.recordingRules, ...chains.flatMap(({ recordingRules }) => recordingRules)],
    alerts: [...service.alerts, ...chains.flatMap(({ alerts }) => alerts)],
  };
}

/** An objective that cannot be measured is refused by slo-is-measurable; what would follow from it must not drown that finding. */
function measurable(slo: Slo): Slo {
  const possible = slo.objective > 0 && slo.objective < 1 ? slo : { ...slo, objective: 0.99 };
  if (possible.type === "ratio") return possible;
  const { histogram, thresholdSeconds } = possible;
  if (histogram.type === "native-histogram")
    return whyUnmeasurable(possible) === undefined ? possible : { ...possible, thresholdSeconds: 1 };
  const next = histogram.buckets.find((bound) => bound >= thresholdSeconds) ?? histogram.buckets.at(-1);
  return { ...possible, thresholdSeconds: next ?? thresholdSeconds };
}

/** The chain of one objective. */
export function sloChain(slo: Slo, alertPrefix: string): SloChain {
  const burnRatePanel = panel(`burn-rate-${slo.id}`, {
    title: `Burn rate: ${slo.title}`,
    description: `How many times faster than allowed the error budget burns (objective: ${describeObjective(slo)} over 30 days). 1 spends exactly the budget.`,
    unit: "short",
    queries: Object.fromEntries(
      burnRates.map((burn): [string, PanelQuery] => [
        burnQuery(burn),
        { query: burnRate(slo, burn.long), legend: legend(slo, burn.long) },
      ]),
    ),
  });
  const budgetPanel = panel(`budget-${slo.id}`, {
    title: `Error budget left: ${slo.title}`,
    description: `What is left of the 30 days' error budget (objective: ${describeObjective(slo)}). Below 0 the objective is missed. Prometheus must keep ${sloWindow} of samples: with less, only what it keeps is counted.`,
    unit: "percentunit",
    view: "stat",
    badBelow: budgetRunsOut,
    queries: { left: { query: promql`${budgetLeft(slo)}`, legend: legend(slo, "left") } },
  });
  return {
    recordingRules: sloRecordings(slo),
    burnRatePanel,
    budgetPanel,
    alerts: burnRates.map((burn) => burnAlert(slo, burn, burnRatePanel, alertPrefix)),
  };
}

/** The query of a burn rate, as the alert's description names it. */
function burnQuery({ long }: BurnRate): string {
  return `burn rate over ${long}`;
}

/** A threshold on the long window; the short one makes the alert end soon after the burn does. */
function burnAlert(slo: Slo, burn: BurnRate, burnRatePanel: Panel, alertPrefix: string): Alert {
  const where = (slo.by ?? []).map((label) => ` of {${label}}`).join("");
  return alert(`${alertPrefix}${camelCase(slo.id)}Burn${burn.name}`, {
    panel: burnRatePanel,
    query: burnQuery(burn),
    above: burn.factor,
    guard: promql`${burnRate(slo, burn.short)} > ${burn.factor} and ${badEvents(slo, burn.long)} > ${fewBadEvents}`,
    for: burn.for,
    ...(burn.keepFiringFor !== undefined && { keepFiringFor: burn.keepFiringFor }),
    window: burn.short,
    severity: burn.severity,
    group: sloGroup(slo),
    labels: { slo: slo.id, burn_rate: String(burn.factor) },
    summary: `${slo.title}${where} burns its error budget {value} times too fast`,
    impact: slo.impact,
    runbook: slo.runbook,
    examples: burnExamples(slo, burn),
  });
}

/**
 * Good events for a whole long window, then a burn that is a quarter faster than the alert's factor, then
 * good ones again; and for the quiet examples, a burn that stays below the factor, and one of a few events.
 */
function burnExamples(slo: Slo, burn: BurnRate): readonly Example[] {
  const every = evaluationOf(burn);
  const steps = (duration: Duration): number => Math.ceil(toSeconds(duration) / toSeconds(every));
  const at = (step: number): Duration => minutes((step * toSeconds(every)) / 60);
  const share = Math.min(1, errorBudget(slo) * burn.factor * 1.25);
  const all = steps(burn.long);
  const needed = Math.floor(Number(((all * errorBudget(slo) * burn.factor) / share).toPrecision(12))) + 1;
  const bad = needed + steps(burn.for);
  const fired = all + bad;
  const timing = { every, samplesEvery };
  return [
    fires({
      ...timing,
      input: events(slo, every, [
        { share: 0, steps: all },
        { share, steps: bad },
        { share: 0, steps: all },
      ]),
      at: at(fired),
      resolvedBy: at(fired + 1 + steps(burn.short) + steps(burn.keepFiringFor ?? "0m")),
      labels: exampleLabels(slo),
      value: (Math.min(bad, all) * share) / all / errorBudget(slo),
    }),
    quiet("the burn is below the factor", {
      ...timing,
      input: events(slo, every, [{ share: errorBudget(slo) * burn.factor * 0.9, steps: all * 2 }]),
      until: at(all * 2),
    }),
    quiet("a few events fail, of hardly any", {
      ...timing,
      input: events(slo, every, [{ share, steps: all * 2 }], fewBadEvents / 2 / share / toSeconds(burn.long)),
      until: at(all * 2),
    }),
  ];
}

/** The rates are over 5 minutes: a range of 5 minutes holds two samples that are 2 minutes apart. */
const samplesEvery: Duration = "2m";

/** Coarse steps for long windows; a sixtieth of a day is 24 minutes, of which each is a whole number of samples. */
function evaluationOf({ long }: BurnRate): Duration {
  return minutes(Math.max(6, toSeconds(long) / 60 / 60));
}

interface Phase {
  /** Of bad events. */
  readonly share: number;
  /** Evaluations. */
  readonly steps: number;
}

function events(slo: Slo, every: Duration, phases: readonly Phase[], perSecond = 100): readonly InputSeries[] {
  const samples = toSeconds(every) / toSeconds(samplesEvery);
  const perSample = perSecond * toSeconds(samplesEvery);
  const from = perSample * 1e6; // near zero, Prometheus would not extrapolate a rate as it does elsewhere
  const values = (part: (share: number) => number): string =>
    counterValues(
      phases.map(({ share, steps }) => ({
        increment: Number((perSample * part(share)).toPrecision(12)),
        steps: steps * samples,
      })),
      from,
    );
  const good = values((share) => 1 - share);
  if (slo.type === "ratio") {
    return [
      { ...slo.events.good, values: good },
      { ...slo.events.bad, values: values((share) => share) },
    ];
  }
  const labels = { ...exampleValues(slo), ...fixedMatchers(slo) };
  const { histogram, thresholdSeconds } = slo;
  if (histogram.type === "native-histogram") {
    const observed = phases.map(({ share, steps }) => ({
      counts: [perSample * (1 - share), perSample * share],
      steps: steps * samples,
    }));
    return [{ name: histogram.name, labels, values: nativeValues([thresholdSeconds], observed, [from, 0]) }];
  }
  return [
    { name: histogram.bucket.name, labels: { ...labels, le: formatFloat(thresholdSeconds) }, values: good },
    { name: histogram.count.name, labels, values: values(() => 1) },
  ];
}

function fixedMatchers({ matchers = {} }: LatencySlo): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(matchers).flatMap(([label, value]) => (typeof value === "string" ? [[label, value]] : [])),
  );
}

function exampleValues(slo: Slo): Readonly<Record<string, string>> {
  if (slo.type === "ratio") return slo.events.good.labels;
  return Object.fromEntries(
    Object.entries(slo.histogram.labels).map(([label, values]) => [label, "atMost" in values ? "example" : (values[0] ?? "")]),
  );
}

function exampleLabels(slo: Slo): Readonly<Record<string, string>> {
  return Object.fromEntries((slo.by ?? []).map((label) => [label, exampleValues(slo)[label] ?? ""]));
}

function legend(slo: Slo, text: string): string {
  return [...(slo.by ?? []).map((label) => `{{${label}}}`), text].join(" ");
}

function camelCase(id: string): string {
  return id
    .split("-")
    .slice(1)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
