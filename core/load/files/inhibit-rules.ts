import type { AlertMatcher, InhibitRule } from "../../model/inhibit-rule";
import type { Matcher } from "../../model/promql-syntax";
import { readAlerting } from "../alerting";

/** The inhibitions of an alertmanager.yaml, or of an AlertmanagerConfig. */
export function readInhibitRules(document: unknown): readonly InhibitRule[] {
  return readAlerting(document).inhibitions.map(({ source, target, equal }) => ({
    sourceMatch: source.map(matcherOf),
    targetMatch: target.map(matcherOf),
    equal,
  }));
}

function matcherOf({ label, op, value }: Matcher): AlertMatcher {
  return { name: label, matchType: op, value };
}
