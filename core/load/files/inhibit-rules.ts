import type { AlertMatcher, InhibitRule } from "../../model/inhibit-rule";
import type { Matcher } from "../../model/promql-syntax";
import { listOf, mapOf, textOr, textsOf } from "./shape";

/** The inhibitions of an alertmanager.yml, or of an AlertmanagerConfig. One that cannot be read whole is left out. */
export function readInhibitRules(document: unknown): readonly InhibitRule[] {
  const { inhibit_rules, spec, kind } = mapOf(document);
  if (kind === "AlertmanagerConfig") return listOf(mapOf(spec)["inhibitRules"]).flatMap(readOfOperator);
  return listOf(inhibit_rules).flatMap(readPlain);
}

function readPlain(rule: unknown): readonly InhibitRule[] {
  const { source_match, source_match_re, source_matchers, target_match, target_match_re, target_matchers, equal } = mapOf(rule);
  const source = [...fromMap(source_match, "="), ...fromMap(source_match_re, "=~"), ...listOf(source_matchers).flatMap(fromText)];
  const target = [...fromMap(target_match, "="), ...fromMap(target_match_re, "=~"), ...listOf(target_matchers).flatMap(fromText)];
  return whole(source, target, equal);
}

function readOfOperator(rule: unknown): readonly InhibitRule[] {
  const { sourceMatch, targetMatch, equal } = mapOf(rule);
  const read = (matchers: unknown): readonly (AlertMatcher | undefined)[] => listOf(matchers).map(fromObject);
  return whole(read(sourceMatch), read(targetMatch), equal);
}

function whole(
  source: readonly (AlertMatcher | undefined)[],
  target: readonly (AlertMatcher | undefined)[],
  equal: unknown,
): readonly InhibitRule[] {
  const sourceMatch = source.filter((matcher) => matcher !== undefined);
  const targetMatch = target.filter((matcher) => matcher !== undefined);
  const isWhole = sourceMatch.length === source.length && targetMatch.length === target.length && sourceMatch.length > 0;
  return isWhole ? [{ sourceMatch, targetMatch, equal: listOf(equal).map(textOr) }] : [];
}

function fromMap(match: unknown, matchType: AlertMatcher["matchType"]): readonly AlertMatcher[] {
  return Object.entries(textsOf(match)).map(([name, value]) => ({ name, matchType, value }));
}

const oneMatcher = /\s*"?([^"=!~\s,{}]+)"?\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^,"]*?)\s*(?:,|$)/gy;

/** `severity="page"`, `alertname=~A|B`, or several: `{a="b", c!="d"}`. */
function fromText(text: unknown): readonly (AlertMatcher | undefined)[] {
  const inner = textOr(text)
    .trim()
    .replace(/^\{(.*)\}$/s, "$1");
  const found = [...inner.matchAll(oneMatcher)];
  if (found.length === 0 || found.reduce((sum, [all]) => sum + all.length, 0) < inner.length) return [undefined];
  return found.map(([, name = "", op, value = ""]) => {
    const matchType = opOf(op);
    return matchType && { name, matchType, value: value.startsWith('"') ? unquote(value) : value };
  });
}

function fromObject(matcher: unknown): AlertMatcher | undefined {
  const { name, matchType, value, regex } = mapOf(matcher);
  const op = opOf(textOr(matchType) || (regex === true ? "=~" : "="));
  return textOr(name) === "" || op === undefined ? undefined : { name: textOr(name), matchType: op, value: textOr(value) };
}

function opOf(text: string | undefined): Matcher["op"] | undefined {
  return text === "=" || text === "!=" || text === "=~" || text === "!~" ? text : undefined;
}

/** Alertmanager takes back a backslash before a quote, a backslash and an n. */
function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(["\\n])/g, (_, char: string) => (char === "n" ? "\n" : char));
}
