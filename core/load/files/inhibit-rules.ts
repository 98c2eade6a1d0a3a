import type { AlertMatcher, InhibitRule } from "../../model/inhibit-rule";
import type { Matcher } from "../../model/promql-syntax";
import { readAlerting } from "../alerting";
import { listOf, mapOf, textOr } from "./shape";

/** The inhibitions of an alertmanager.yaml, or of an AlertmanagerConfig. */
export function readInhibitRules(document: unknown): readonly InhibitRule[] {
  const { kind, spec } = mapOf(document);
  if (kind === "AlertmanagerConfig")
    return listOf(mapOf(spec)["inhibitRules"]).map((rule) => {
      const { sourceMatch, targetMatch, equal } = mapOf(rule);
      return {
        sourceMatch: listOf(sourceMatch).map(readMatcher),
        targetMatch: listOf(targetMatch).map(readMatcher),
        equal: listOf(equal).map(textOr),
      };
    });
  return readAlerting(document).inhibitions.map(({ source, target, equal }) => ({
    sourceMatch: source.map(matcherOf),
    targetMatch: target.map(matcherOf),
    equal,
  }));
}

function matcherOf({ label, op, value }: Matcher): AlertMatcher {
  return { name: label, matchType: op, value };
}

function readMatcher(matcher: unknown): AlertMatcher {
  const { name, matchType, value, regex } = mapOf(matcher);
  return { name: textOr(name), matchType: opOf(textOr(matchType), regex === true), value: textOr(value) };
}

function opOf(text: string, isRegex: boolean): AlertMatcher["matchType"] {
  if (text === "=" || text === "!=" || text === "=~" || text === "!~") return text;
  return isRegex ? "=~" : "=";
}
