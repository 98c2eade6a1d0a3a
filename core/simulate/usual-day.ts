import { thresholdOf, watchedQuery } from "../model/alert";
import { exampleLabels } from "../model/example-labels";
import type { GoodDay, LabelChoice, Usual } from "../model/good-day";
import type { Measure } from "../model/measure";
import type { AnyHistogram, Labels } from "../model/metric";
import { panelsOf, type PanelQuery } from "../model/panel";
import type { MatcherValue } from "../model/query";
import type { Service } from "../model/service";

/** What of each kind happens a minute, where nobody says how much. */
const perMinute = 60;

/** A measure, and beyond which numbers its alerts and objectives tell. */
interface Watched {
  readonly measure: Measure;
  readonly above: readonly number[];
  readonly below: readonly number[];
}

type Matched = Readonly<Record<string, MatcherValue>>;

/**
 * The good day of a service: what it says of it, and of each metric of which it says nothing what follows from its panels,
 * alerts and objectives. Of a share 60 good events a minute; of times 60 a minute, well within every threshold; of a gauge
 * that an alert watches a level on its good side. Nothing follows for what may rightly never happen.
 */
export function usualDay(service: Service): GoodDay {
  const said: GoodDay = service.goodDay ?? { traffic: [], background: [] };
  const spoken = new Set([...said.traffic, ...said.background].map(({ metric }) => metric.name));
  const following = [...fromMeasures(service), ...fromObjectives(service)].filter(({ metric }) => !spoken.has(metric.name));
  const once = new Map(following.map((usual) => [`${usual.metric.name} ${JSON.stringify(usual.labels)}`, usual] as const));
  // A level that is watched from below does not fall with the traffic of a night: free space, members of a registry.
  const lasting = new Set(service.alerts.flatMap((alert) => ("below" in alert.when ? (watchedQuery(alert)?.measure ?? []) : [])));
  const isLasting = ({ type, metric }: Usual): boolean =>
    type === "level" && [...lasting].some((measure) => measure.type === "level" && measure.gauge.name === metric.name);
  return {
    ...said,
    traffic: [...said.traffic, ...[...once.values()].filter((usual) => !isLasting(usual))],
    background: [...said.background, ...[...once.values()].filter(isLasting)],
  };
}

function fromMeasures(service: Service): readonly Usual[] {
  const queries = service.dashboards.flatMap(panelsOf).flatMap(({ queries: all }) => Object.values<PanelQuery>(all));
  const measures = [...new Set(queries.flatMap(({ measure }) => measure ?? []))];
  const bad = new Map<string, readonly Matched[]>();
  for (const measure of measures)
    if (measure.type === "ratio") bad.set(measure.counter.name, [...(bad.get(measure.counter.name) ?? []), measure.bad]);
  return measures.flatMap((measure): readonly Usual[] => {
    const watched = watching(service, measure);
    switch (measure.type) {
      case "ratio": {
        const labels = choice(measure.counter, [measure.all], bad.get(measure.counter.name));
        return labels ? [{ type: "rate", metric: measure.counter, labels, perMinute }] : [];
      }
      case "quantile":
        return timed(measure.histogram, measure.all, watched.above);
      case "level": {
        const labels = choice(measure.gauge, [measure.all]);
        const value = levelWithin(watched);
        return labels && value !== undefined ? [{ type: "level", metric: measure.gauge, labels, value }] : [];
      }
      case "rate":
      case "increase":
      case "expression":
        return [];
    }
  });
}

function fromObjectives({ slos, metrics }: Service): readonly Usual[] {
  return slos.flatMap((slo): readonly Usual[] => {
    if (slo.type === "latency") return timed(slo.histogram, slo.matchers ?? {}, [slo.thresholdSeconds]);
    const counter = Object.values(metrics).find(({ name }) => name === slo.events.good.name);
    return counter?.type === "counter" ? [{ type: "rate", metric: counter, labels: slo.events.good.labels, perMinute }] : [];
  });
}

function watching({ alerts, slos }: Service, measure: Measure): Watched {
  const own = alerts.filter((alert) => watchedQuery(alert)?.measure === measure);
  const beyond = (side: "above" | "below"): readonly number[] =>
    own.flatMap((alert) => (side in alert.when ? (thresholdOf(alert) ?? []) : []));
  const promised = slos.flatMap((slo) =>
    slo.type === "latency" && measure.type === "quantile" && slo.histogram.name === measure.histogram.name
      ? [slo.thresholdSeconds]
      : [],
  );
  return { measure, above: [...beyond("above"), ...promised], below: beyond("below") };
}

/** Of times without a threshold a tenth of a second. */
function timed(histogram: AnyHistogram, all: Matched, above: readonly number[]): readonly Usual[] {
  const labels = choice(histogram, [all]);
  const seconds = above.length === 0 ? 0.1 : Math.min(...above) / 4;
  return labels ? [{ type: "latency", metric: histogram, labels, perMinute, seconds }] : [];
}

/** A level at which none of its alerts fires; undefined where it has none, and so may as well be 0. */
function levelWithin({ measure, above, below }: Watched): number | undefined {
  const most = above.length === 0 ? undefined : Math.min(...above);
  const least = below.length === 0 ? undefined : Math.max(...below);
  if (least === undefined) return most === undefined ? undefined : most / 2;
  if (most !== undefined) return (least + most) / 2;
  return measure.unit === "percentunit" ? (1 + least) / 2 : least * 2;
}

/** The labels that matchers speak of, each with a value that fits; all listed values of the others. */
function choice(
  metric: { readonly labels: Labels },
  like: readonly Matched[],
  unlike: readonly Matched[] = [],
): LabelChoice | undefined {
  const chosen = exampleLabels(metric, [], like, unlike);
  const matched = new Set([...like, ...unlike].flatMap((matchers) => Object.keys(matchers)));
  return (
    chosen &&
    Object.fromEntries(Object.entries(chosen).filter(([label]) => matched.has(label) || "atMost" in (metric.labels[label] ?? {})))
  );
}
