import type { Model } from "./model";
import { once } from "./once";

/** What queries are read against, as one thing: models that differ only elsewhere, such as in a threshold, share it. */
export type QueryContext = object;

interface Known {
  readonly parts: readonly unknown[];
  readonly context: QueryContext;
}

/** As many as a project has stacks, and more: who goes through thousands of models needs no older ones. */
const mostKept = 16;
const contexts = new WeakMap<Model["platform"], readonly Known[]>();

/** The context of a model's queries: catalogs, recording rules, jobs, and what scrapes add. */
export const queryContextOf = once((model: Model): QueryContext => {
  const parts = [
    model.files,
    model.seriesLabels?.join(),
    ...model.services.flatMap(({ id, metrics, recordingRules, workload }) => [id, metrics, recordingRules, workload]),
  ];
  const known = contexts.get(model.platform) ?? [];
  const same = known.find((one) => one.parts.length === parts.length && one.parts.every((part, at) => part === parts[at]));
  if (same) return same.context;
  const context = {};
  contexts.set(model.platform, [...known.slice(1 - mostKept), { parts, context }]);
  return context;
});
