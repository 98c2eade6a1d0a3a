import { alertQuery } from "../model/alert";
import { exampleLabels } from "../model/example-labels";
import type { Metric } from "../model/metric";
import { metricsBehind } from "../model/metrics-behind";
import { indexOf, type Model } from "../model/model";
import type { Service } from "../model/service";
import { flowsOf } from "./flow";
import { usualDay } from "./usual-day";
import { isRunning } from "./world";

/**
 * What to write into a good day, a line each: metrics that an alert or objective reads and that have no series there, so that
 * nothing that is played says anything of it. Nothing of counters that rightly have none, such as those of errors.
 */
export function silentMetrics(model: Model, services: readonly Service[]): readonly string[] {
  return services.filter(isRunning).flatMap((service) => {
    const flowing = new Set(flowsOf(service.metrics, usualDay(service)).map(({ metric }) => metric.name));
    const index = indexOf(model);
    return Object.entries(service.metrics).flatMap(([key, metric]) => {
      if (flowing.has(metric.name) || mayBeSilent(metric)) return [];
      const readers = service.alerts.filter((alert) => metricsBehind(alertQuery(alert, index.labelsOf).expr, index).has(metric));
      const [first, ...others] = readers.map(({ name }) => name);
      if (first === undefined) return [];
      const who = others.length === 0 ? first : `${first} and ${others.length} more`;
      return [
        `${service.id}: ${metric.name} has no series on a good day, though ${who} reads it: what is played says nothing of that. Write into \`goodDay\` of service("${service.id}", …): ${entry(key, metric)}`,
      ];
    });
  });
}

/** Gauges are there with 0, and counters of errors rightly are not. */
function mayBeSilent({ type, traffic }: Metric): boolean {
  return type === "gauge" || (type === "counter" && traffic !== true);
}

function entry(key: string, metric: Metric): string {
  const unlisted = Object.entries(metric.labels).filter(([, values]) => "atMost" in values);
  const values = exampleLabels(metric, [], []) ?? {};
  const labels = unlisted.map(([label]) => `${label}: "${values[label] ?? "…"}"`);
  const which = `metrics.${key}, ${labels.length === 0 ? "{}" : `{ ${labels.join(", ")} }`}`;
  return metric.type === "counter" ? `rate(${which}, { perMinute: 60 })` : `latency(${which}, { perMinute: 60, seconds: 0.1 })`;
}
