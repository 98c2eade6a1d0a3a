import { declared } from "./declaration";
import type { Accepts } from "./finding";
import type { Query } from "./query";

/** A query whose result Prometheus stores under a name of its own, `level:metric:operations`. */
export interface RecordingRule {
  readonly type: "recording-rule";
  readonly name: string;
  readonly query: Query;
  /** The rule group that it shares with the alerts that read it. The service's recording group when left out. */
  readonly group?: string;
  readonly accepts?: Accepts;
}

/** Declares a recording rule; other queries use the value as they use a metric. */
export function recordingRule(name: string, spec: Omit<RecordingRule, "type" | "name">): RecordingRule {
  return declared({ type: "recording-rule", name, ...spec });
}
