import type { Model } from "./model";

/** What queries are read against, as one thing: models that differ only elsewhere, such as in a threshold, share it. */
export type QueryContext = object;

interface Known {
  readonly parts: readonly unknown[];
  readonly context: QueryContext;
}

const contexts = new WeakMap<Model["platform"], Known[]>();

/** The context of a model's queries: catalogs, recording rules, jobs, and what scrapes add. */
export function queryContextOf(model: Model): QueryContext {
  const parts = [
    model.files,
    model.seriesLabels?.join(),
    ...model.services.flatMap(({ id, metrics, recordingRules, workload }) => [id, metrics, recordingRules, workload]),
  ];
  const known = contexts.get(model.platform) ?? [];
  const same = known.find((one) => one.parts.length === parts.length && one.parts.every((part, at) => part === parts[at]));
  if (same) return same.context;
  const context = {};
  contexts.set(model.platform, [...known, { parts, context }]);
  return context;
}
