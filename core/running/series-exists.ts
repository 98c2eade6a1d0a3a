import { problem, type Problem } from "../checks/check";
import { groupBy } from "../model/group-by";
import { parsePromql, walk } from "../model/promql-syntax";
import type { Declared, DeclaredMetric } from "./declared";
import type { LiveCheck } from "./live-check";
import type { RunningPrometheus } from "./running";
import { slipOf } from "./slip";
import { dataOr } from "./told";

/** A metric that a catalog declares is there, or may still come. */
export const seriesExists: LiveCheck = {
  id: "series-exists",
  description: "Prometheus has series of every metric that a catalog declares; or none under a name that is nearly it.",
  severity: "warning",
  run: (declared, { prometheus }) => {
    const names = dataOr(prometheus?.names, undefined);
    if (!prometheus || !names) return [];
    const known = new Set(declared.metrics.flatMap(({ name, series }) => [name, ...series]));
    const others = prometheus.otherNames.filter((name) => !known.has(name));
    const waiting = alertsBySeries(declared);
    return [...groupBy(declared.metrics, ({ subject }) => subject.file)].flatMap(([file, metrics]) => {
      const absent = metrics.filter(({ series }) => !series.some((name) => names.has(name)));
      if (absent.length > 2 && absent.length === metrics.length) return [noneOf(file, metrics, prometheus)];
      return absent.map((metric) => absence(metric, others, waiting));
    });
  },
};

function noneOf(file: string, metrics: readonly DeclaredMetric[], { targets }: RunningPrometheus): Problem {
  const down = dataOr(targets, []).filter(({ isUp }) => !isUp);
  const [first] = down;
  const hint = first ? ` The last scrape of ${first.job} failed, for one: ${first.lastError}.` : "";
  const named = metrics.slice(0, 3).map(({ name }) => name);
  return problem(
    { file },
    `Prometheus has had no series of its ${metrics.length} metrics in the last hour, such as ${named.join(", ")}. Is what exports them scraped by this Prometheus?${hint}`,
  );
}

function absence(metric: DeclaredMetric, others: readonly string[], waiting: ReadonlyMap<string, ReadonlySet<string>>): Problem {
  const { name, series, type, subject } = metric;
  const alerts = [...new Set(series.flatMap((one) => [...(waiting.get(one) ?? [])]))];
  const wait =
    alerts.length === 0
      ? ""
      : ` ${alerts.length === 1 ? "One alert waits" : `${alerts.length} alerts wait`} for it: ${alerts.slice(0, 5).join(", ")}.`;
  const near = series.flatMap((one) => slipOf(one, others, (other) => startsAlike(one, other)) ?? [])[0];
  if (near !== undefined)
    return {
      ...problem(
        subject,
        `Prometheus has had no series "${name}" in the last hour, but "${near}", which no catalog declares. Did you mean "${near}"?${wait}`,
      ),
      severity: "error",
    };
  const settle =
    type === "gauge"
      ? "A gauge is usually there from the start: does /metrics of a target show it?"
      : "It may not have been counted yet: let it happen once where that does no harm, or export it as 0 from the start.";
  return problem(subject, `Prometheus has had no series "${name}" in the last hour. ${settle}${wait}`);
}

/** Another service may have a metric of the same name, but for its beginning. */
function startsAlike(name: string, other: string): boolean {
  return other.startsWith(/^[a-zA-Z:]+_?/.exec(name)?.[0] ?? name);
}

function alertsBySeries({ rules }: Declared): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, name, expr } of rules) {
    const tree = kind === "alert" ? parsePromql(expr) : undefined;
    for (const node of tree ? walk(tree) : [])
      if (node.type === "selector" && node.metric !== "") found.set(node.metric, (found.get(node.metric) ?? new Set()).add(name));
  }
  return found;
}
