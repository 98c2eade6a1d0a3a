import { literalPattern } from "../literal-pattern";
import type { Subject } from "../finding";

/** A metric as a file tells of it. What it does not tell is absent. */
export interface LoadedMetric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "summary" | "unknown";
  /** The values of each label, or undefined where they are not listed. Absent: the labels are not known. */
  readonly labels?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly buckets?: readonly number[];
  /** What its HELP line says. */
  readonly help?: string;
  readonly source: "scrape" | "catalog" | "code";
  /** Of metrics in code: whether something but a test counts, sets or observes it. */
  readonly isEmitted?: boolean;
  readonly subject: Subject;
}

/** The metrics that begin alike, such as `mc_`, and whether all of them are known. */
export interface MetricFamily {
  readonly prefix: string;
  /** A scrape lacks what has not been counted yet, and code may make names at run time. */
  readonly isComplete: boolean;
}

/** Whether a name matches one of the patterns, in which `*` stands for anything. */
export function matchesSome(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.split("*").map(literalPattern);
    return new RegExp(`^${source.join(".*")}$`).test(name);
  });
}
