import type { Metric } from "../model/metric";
import { subjectIn } from "../model/service";
import { problem, type Check } from "./check";

const valuesPerLabel = 10;
const combinationsPerMetric = 1000;

/** No metric grows beyond its caps without a written reason. */
export const cardinalityIsBounded: Check = {
  id: "cardinality-is-bounded",
  description: `At most ${valuesPerLabel} values a label and ${combinationsPerMetric} label combinations a metric, unless a reason stands beside it.`,
  severity: "error",
  run: (model) =>
    model.services.flatMap((service) =>
      Object.values(service.metrics)
        .filter((metric) => metric.reason === undefined)
        .flatMap((metric) => excesses(metric).map((message) => problem(subjectIn(service, "metrics", metric), message))),
    ),
};

function excesses(metric: Metric): readonly string[] {
  const sizes = Object.entries(metric.labels).map(
    ([label, values]) => [label, "atMost" in values ? values.atMost : values.length] as const,
  );
  const wide = sizes
    .filter(([, size]) => size > valuesPerLabel)
    .map(
      ([label, size]) =>
        `the label "${label}" has ${size} values; the cap is ${valuesPerLabel}. Bound it, or write the reason beside the metric.`,
    );
  const combinations = sizes.reduce((product, [, size]) => product * size, 1);
  return combinations > combinationsPerMetric
    ? [
        ...wide,
        `has ${combinations} label combinations; the cap is ${combinationsPerMetric}. Drop a label, or write the reason beside the metric.`,
      ]
    : wide;
}
