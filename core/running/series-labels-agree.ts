import { problem, type Problem } from "../checks/check";
import type { Declared, DeclaredMetric } from "./declared";
import type { LiveCheck } from "./live-check";
import type { RunningPrometheus, SeenSeries } from "./running";
import { slipOf } from "./slip";
import { dataOr } from "./told";

/** Labels that Prometheus makes, or a metric's kind. */
const ofTheKind = ["__name__", "le", "quantile"];

/** A metric has the labels, the values and the buckets that its catalog declares. */
export const seriesLabelsAgree: LiveCheck = {
  id: "series-labels-agree",
  description:
    "The series of a metric have the labels and buckets that are declared, and no value of a listed label that is not.",
  severity: "error",
  run: (declared, { prometheus }) =>
    prometheus
      ? declared.metrics.flatMap((metric) =>
          metric.series.flatMap((name) => {
            const seen = dataOr(prometheus.series.get(name), undefined);
            if (!seen || seen.labels.size === 0) return [];
            return [
              ...(isFirst(name, metric, prometheus)
                ? [...keysOf(metric, seen, declared, prometheus), ...valuesOf(metric, seen)]
                : []),
              ...bucketsOf(metric, name, seen),
            ];
          }),
        )
      : [],
};

/** What is wrong with the labels of a histogram is wrong with each of its series: it is said of one of them. */
function isFirst(name: string, { series }: DeclaredMetric, prometheus: RunningPrometheus): boolean {
  const seen = series.filter((one) => dataOr(prometheus.series.get(one), undefined)?.labels.size);
  return (seen.find((one) => !one.endsWith("_bucket")) ?? seen[0]) === name;
}

function keysOf(
  { labels, name, subject }: DeclaredMetric,
  { labels: seen }: SeenSeries,
  { targetLabels }: Declared,
  prometheus: RunningPrometheus,
): readonly Problem[] {
  if (!labels) return [];
  const added = new Set([...targetLabels, ...prometheus.targetLabels, ...ofTheKind]);
  const undeclared = [...seen.keys()].filter((label) => !(label in labels) && !added.has(label));
  const absent = Object.keys(labels).filter((label) => !seen.has(label));
  const renamed = absent.filter((label) => seen.has(`exported_${label}`));
  const slips = absent.flatMap((label) => {
    const near = slipOf(label, undeclared);
    return near === undefined || renamed.includes(label) ? [] : [{ label, near }];
  });
  const told = new Set(slips.flatMap(({ label, near }) => [label, near]));
  const rest = undeclared.filter((label) => !told.has(label) && !label.startsWith("exported_"));
  return [
    ...slips.map(({ label, near }) =>
      problem(
        subject,
        `declares the label "${label}", which no series of ${name} has; they have "${near}". Did you mean "${near}"?`,
      ),
    ),
    ...renamed.map((label) =>
      problem(
        subject,
        `declares the label "${label}", which arrives as "exported_${label}": the scrape adds a label of that name itself. Rename it, or scrape with honor_labels.`,
      ),
    ),
    ...absent
      .filter((label) => !told.has(label) && !renamed.includes(label))
      .map((label) =>
        warning(
          problem(
            subject,
            `declares the label "${label}", which no series of ${name} had in the last hour. Prometheus drops a label whose value is empty: export one that has a value, or do not declare it.`,
          ),
        ),
      ),
    ...rest.map((label) =>
      warning(
        problem(
          subject,
          `has the label "${label}", which is not declared. Declare it; if the scrape adds it, say so (\`seriesLabels\` of the stack, \`targetLabels\` of chain.yaml).`,
        ),
      ),
    ),
  ];
}

function valuesOf({ labels = {}, subject }: DeclaredMetric, { labels: seen }: SeenSeries): readonly Problem[] {
  return Object.entries(labels).flatMap(([label, declared]) => {
    const values = seen.get(label);
    if (!values) return [];
    if ("atMost" in declared)
      return values.length > declared.atMost
        ? [problem(subject, `has ${values.length} values of the label "${label}", and at most ${declared.atMost} are declared.`)]
        : [];
    const undeclared = values.filter((value) => value !== "" && !declared.includes(value));
    const never = declared.filter((value) => !values.includes(value));
    return undeclared.map((value) => {
      const meant = slipOf(value, never);
      const unseen = never.length === 0 ? "" : ` Declared and not seen: ${never.map((one) => `"${one}"`).join(", ")}.`;
      const hint = meant === undefined ? unseen : ` "${meant}" is declared, which no series has. Did you mean "${value}"?`;
      return problem(subject, `has ${label}="${value}", a value that is not declared.${hint}`);
    });
  });
}

/** While a new version is rolled out both sets of buckets are there: only one that nobody has is certainly wrong. */
function bucketsOf({ buckets, subject }: DeclaredMetric, series: string, { labels }: SeenSeries): readonly Problem[] {
  const seen = series.endsWith("_bucket") ? labels.get("le") : undefined;
  if (!buckets || !seen) return [];
  const bounds = seen.map(Number).filter(Number.isFinite);
  const absent = buckets.filter((bound) => !bounds.includes(bound));
  const undeclared = bounds.filter((bound) => !buckets.includes(bound)).sort((a, b) => a - b);
  if (absent.length === 0 && undeclared.length === 0) return [];
  const parts = [
    ...(absent.length > 0 ? [`no bucket le=${absent.join(", ")}, which is declared`] : []),
    ...(undeclared.length > 0 ? [`the undeclared le=${undeclared.join(", ")}`] : []),
  ];
  const found = problem(subject, `has ${parts.join("; and ")}. Declare the buckets that it has.`);
  return [absent.length > 0 ? found : warning(found)];
}

function warning(found: Problem): Problem {
  return { ...found, severity: "warning" };
}
