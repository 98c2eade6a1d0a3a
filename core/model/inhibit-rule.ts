import type { Matcher } from "./promql-syntax";

/** A matcher as an AlertmanagerConfig writes it. */
export interface AlertMatcher {
  readonly name: string;
  readonly matchType: Matcher["op"];
  readonly value: string;
}

/** While an alert matches the source, those that match the target and are equal in some labels notify nobody. */
export interface InhibitRule {
  readonly sourceMatch: readonly AlertMatcher[];
  readonly targetMatch: readonly AlertMatcher[];
  readonly equal: readonly string[];
}
