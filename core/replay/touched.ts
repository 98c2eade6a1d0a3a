import { outputLabels, type LabelsOf } from "../model/promql-labels";
import { parsePromql } from "../model/promql-syntax";
import { groupBy } from "../model/group-by";
import { matcherAccepts } from "../model/promql/regex";
import type { AlertMatcher } from "../model/inhibit-rule";
import type { EvaluatedRule, RuleSet } from "../model/rule-set";
import { planOf, recordingsBehind } from "./plan";
import type { BacktestReport, Side } from "./report";

/** What a change touches. */
export interface Touched {
  /** The names of the alerts that it may make fire, or be told, at other times. */
  readonly names: ReadonlySet<string>;
  /** These alerts, and those that may silence them. */
  readonly isAsked: (rule: EvaluatedRule) => boolean;
}

/** What differs between two rule sets: in a rule, in what is recorded for it, or in what silences it. */
export function touchedBy(base: RuleSet, head: RuleSet): Touched {
  const [before, after] = [meanings(base), meanings(head)];
  const changed = [...after].filter(([text]) => !before.has(text)).concat([...before].filter(([text]) => !after.has(text)));
  const alerts = [...new Set([...before.values(), ...after.values()])];
  const inhibitions = [
    ...head.inhibitions.filter((rule) => !hasSame(rule, base.inhibitions)),
    ...base.inhibitions.filter((rule) => !hasSame(rule, head.inhibitions)),
  ];
  const labelsOf = labelsRecordedBy([...head.rules, ...base.rules]);
  const mayMatch = (rule: EvaluatedRule, matchers: readonly AlertMatcher[]): boolean => matchesFor(labelsOf, rule, matchers);
  const otherwiseSilenced = alerts.filter((alert) => inhibitions.some(({ targetMatch }) => mayMatch(alert, targetMatch)));
  const touched = [...changed.map(([, rule]) => rule), ...otherwiseSilenced];
  const names = new Set(touched.map(({ name }) => name));
  const silencing = [...base.inhibitions, ...head.inhibitions].filter(({ targetMatch }) =>
    touched.some((alert) => mayMatch(alert, targetMatch)),
  );
  return {
    names,
    isAsked: (rule) => names.has(rule.name) || silencing.some(({ sourceMatch }) => mayMatch(rule, sourceMatch)),
  };
}

/** A report of these alerts only. */
export function reportOf(report: BacktestReport, names: ReadonlySet<string>): BacktestReport {
  const only = ({ histories, told, unplayable }: Side): Side => ({
    histories: histories.filter(({ alert }) => names.has(alert)),
    told: told.filter((name) => names.has(name)),
    unplayable: unplayable.filter(({ alert }) => names.has(alert)),
  });
  return { ...report, head: only(report.head), ...(report.base && { base: only(report.base) }) };
}

/** The alerts of a rule set by everything that decides when they fire. */
function meanings(rules: RuleSet): ReadonlyMap<string, EvaluatedRule> {
  const plan = planOf(rules, { everySeconds: 60, lookbackSeconds: 300 });
  const known = plan.alerts.map(({ rule }) => [JSON.stringify([rule, ...recordingsBehind(rule, plan)]), rule] as const);
  return new Map([...known, ...plan.unplayable.map(({ rule }) => [JSON.stringify([rule]), rule] as const)]);
}

function hasSame(rule: object, others: readonly object[]): boolean {
  const text = JSON.stringify(rule);
  return others.some((other) => JSON.stringify(other) === text);
}

/** The labels of what is recorded; those of other series are not known. */
function labelsRecordedBy(rules: readonly EvaluatedRule[]): LabelsOf {
  const makers = groupBy(
    rules.filter(({ kind }) => kind === "record"),
    ({ name }) => name,
  );
  const underWay = new Set<string>();
  const labelsOf: LabelsOf = (name) => {
    const found = makers.get(name);
    if (!found || underWay.has(name)) return undefined;
    underWay.add(name);
    const each = found.map(({ expr, labels }) => {
      const given = labelsGivenBy(expr, labelsOf);
      return given && [...given, ...Object.keys(labels)];
    });
    underWay.delete(name);
    return each.includes(undefined) ? undefined : each.flatMap((labels) => labels ?? []);
  };
  return labelsOf;
}

function labelsGivenBy(expr: string, labelsOf: LabelsOf): readonly string[] | undefined {
  const tree = parsePromql(expr);
  const given = tree && outputLabels(tree, labelsOf, "by some");
  return given && [...given];
}

/** A label that a template or the series gives may have any value. */
function matchesFor(labelsOf: LabelsOf, { name, labels, expr }: EvaluatedRule, matchers: readonly AlertMatcher[]): boolean {
  const known: Readonly<Record<string, string>> = { ...labels, alertname: name };
  const given = labelsGivenBy(expr, labelsOf);
  return matchers.every(({ name: label, matchType: op, value }) => {
    const actual = known[label] ?? (given?.includes(label) === false ? "" : undefined);
    return actual === undefined || actual.includes("{{") || matcherAccepts({ label, op, value }, actual);
  });
}
