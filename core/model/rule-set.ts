import type { InhibitRule } from "./inhibit-rule";

/** An alerting or a recording rule, as Prometheus evaluates it. */
export interface EvaluatedRule {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly expr: string;
  /** Labels that it sets, those of its group included; an alert's may be templates. */
  readonly labels: Readonly<Record<string, string>>;
  /** How long the condition must hold, in seconds. */
  readonly forSeconds: number;
  /** How long it goes on firing after the condition has ended, in seconds. */
  readonly keepFiringSeconds: number;
  /** How often it is evaluated, in seconds; as Prometheus is configured when left out. */
  readonly everySeconds?: number;
  /** By how much its queries look into the past, in seconds: the `query_offset` of its group. */
  readonly offsetSeconds: number;
}

/** What an environment evaluates, and what silences what. */
export interface RuleSet {
  readonly rules: readonly EvaluatedRule[];
  readonly inhibitions: readonly InhibitRule[];
}
