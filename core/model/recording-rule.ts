import { declared } from "./declaration";
import type { Accepts } from "./finding";
import type { Query } from "./query";

/** A query whose result Prometheus stores under a name of its own, `level:metric:operations`. */
export interface RecordingRule {
  readonly type: "recording-rule";
  readonly name: string;
  readonly query: Query;
  /** Labels that it sets on its results. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The rule group that it shares with the alerts that read it. The service's recording group when left out. */
  readonly group?: string;
  readonly accepts?: Accepts;
}

/** What a query needs to know of a recording rule that it reads. */
export type RecordedName = Pick<RecordingRule, "type" | "name">;

/** Declares a recording rule; other queries use the value as they use a metric. */
export function recordingRule(name: string, spec: Omit<RecordingRule, "type" | "name">): RecordingRule {
  return declared({ type: "recording-rule", name, ...spec });
}
