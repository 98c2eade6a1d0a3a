import { problem, type Problem } from "../checks/check";
import { groupBy } from "../model/group-by";
import { durationValue } from "../model/promql/number";
import { didYouMean } from "../model/suggestion";
import type { DeclaredRule } from "./declared";
import type { LiveCheck } from "./live-check";
import type { RunningRule } from "./running";
import { isSameExpression } from "./same-expression";

import { dataOr } from "./told";

/** What is declared is what Prometheus evaluates. */
export const ruleIsRunning: LiveCheck = {
  id: "rule-is-running",
  description: "Prometheus has loaded every rule, with the expression, the `for` and the labels that are declared.",
  severity: "error",
  run: ({ rules }, { prometheus }) => {
    const loaded = dataOr(prometheus?.rules, undefined);
    if (!loaded) return [];
    const running = groupBy(loaded, keyOf);
    const own = new Set(rules.map(keyOf));
    const others = loaded.filter((rule) => !own.has(keyOf(rule)));
    return [...groupBy(rules, ({ subject }) => subject.file)].flatMap(([, declared]) => ofFile(declared, running, others));
  },
};

function keyOf({ kind, name }: Pick<RunningRule, "kind" | "name">): string {
  return `${kind} ${name}`;
}

function ofFile(
  declared: readonly DeclaredRule[],
  running: ReadonlyMap<string, readonly RunningRule[]>,
  others: readonly RunningRule[],
): readonly Problem[] {
  const absent = declared.filter((rule) => !running.has(keyOf(rule)));
  const [first] = absent;
  const names = [...new Set(absent.map(({ name }) => name))];
  if (first && absent.length === declared.length && names.length > 2) {
    const { file } = first.subject;
    return [
      problem(
        { file },
        `Prometheus has loaded none of its ${declared.length} rules, such as ${names.slice(0, 3).join(", ")}. Does it read them: rule_files, or the labels by which the operator selects PrometheusRules?`,
      ),
    ];
  }
  const perName = [...groupBy(declared, keyOf)].flatMap(([key, alike]) => differences(alike, running.get(key) ?? []));
  return [...absent.map((rule) => problem(rule.subject, missing(rule, others))), ...perName];
}

/** A rule that is declared itself is no other name of this one. */
function missing({ kind, name }: DeclaredRule, others: readonly RunningRule[]): string {
  const names = others.filter((rule) => rule.kind === kind).map((rule) => rule.name);
  return `Prometheus has not loaded this ${kind === "alert" ? "alert" : "recording rule"}.${didYouMean(name, names)}`;
}

/** Rules may share a name: each is compared with the running one that is most like it, and that one with no other. */
function differences(declared: readonly DeclaredRule[], running: readonly RunningRule[]): readonly Problem[] {
  if (running.length === 0) return [];
  const left = [...running];
  const take = (fits: (one: RunningRule) => boolean): RunningRule | undefined => {
    const found = left.findIndex((one) => fits(one));
    return found < 0 ? undefined : left.splice(found, 1)[0];
  };
  const others = declared.filter((rule) => !take((one) => differenceOf(rule, one) === undefined));
  return others.flatMap((rule) => {
    const nearest =
      take((one) => isSameExpression(rule.expr, one.expr) !== false) ??
      take((one) => labelDifference(rule, one) === undefined) ??
      take(() => true);
    if (!nearest) {
      // The same rule in two files that are one and the same is no second rule.
      return running.some((one) => differenceOf(rule, one) === undefined)
        ? []
        : [
            problem(
              rule.subject,
              `Prometheus has loaded ${running.length} of the ${declared.length} rules of this name, and not this one.`,
            ),
          ];
    }
    const difference = differenceOf(rule, nearest);
    return difference === undefined ? [] : [problem(rule.subject, `${difference} Load the rules anew, or declare what runs.`)];
  });
}

function differenceOf(rule: DeclaredRule, running: RunningRule): string | undefined {
  // A rule whose text is a template, or which cannot be read here, is not compared.
  if (isSameExpression(rule.expr, running.expr) === false)
    return `Prometheus has loaded another expression: ${shortened(running.expr)}.`;
  return (
    timeDifference("for", rule.for, running.forSeconds) ??
    timeDifference("keep_firing_for", rule.keepFiringFor, running.keepFiringSeconds) ??
    labelDifference(rule, running)
  );
}

function timeDifference(key: string, written: string, seconds: number): string | undefined {
  return written.includes("{{") || (durationValue(written) ?? 0) === seconds
    ? undefined
    : `Prometheus has loaded it with ${key}: ${seconds}s, not ${written === "" ? "none" : written}.`;
}

function labelDifference({ labels }: DeclaredRule, running: RunningRule): string | undefined {
  const [different] = Object.entries(labels).filter(
    ([name, value]) => !value.includes("{{") && (running.labels[name] ?? "") !== value,
  );
  if (!different) return undefined;
  const [name, value] = different;
  const has = running.labels[name];
  return `Prometheus has loaded it ${has === undefined ? `without the label ${name}="${value}"` : `with ${name}="${has}", not "${value}"`}.`;
}

function shortened(expr: string): string {
  const line = expr.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
