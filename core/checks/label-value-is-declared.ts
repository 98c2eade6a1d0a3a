import type { ModelIndex } from "../model/model";
import { findIn, type Expr, type Matcher, type Selector } from "../model/promql-syntax";
import { regexMatches } from "../model/promql/regex";
import { listedValues } from "../model/promql-values";
import { didYouMean } from "../model/suggestion";
import type { Check } from "./check";
import { inEachQuery } from "./in-each-query";

/** No matcher waits for a value that its label never has. */
export const labelValueIsDeclared: Check = {
  id: "label-value-is-declared",
  description: "A matcher on a label whose values are listed matches at least one of them.",
  severity: "error",
  run: (model) => inEachQuery(model, valuesOfNone),
};

/** What a query waits for in vain. */
export function valuesOfNone(tree: Expr, index: ModelIndex): readonly string[] {
  return findIn(tree, (node) =>
    node.type === "selector" ? [...undeclaredValues(node, index), ...misspeltJobs(node, index)] : [],
  );
}

function undeclaredValues(node: Selector, index: ModelIndex): readonly string[] {
  return node.matchers.flatMap((matcher) => {
    const known = listedValues(node.metric, matcher.label, index);
    if (!known) return [];
    const wantedOnes = wantedValues(matcher);
    const isMet = (wanted: string): boolean => known.some((value) => matches(wanted, value, matcher));
    const isOneOfKinds = matcher.label !== "le" && wantedOnes.some(isMet); // of `4..|5..`, one kind may not be counted here
    return wantedOnes
      .filter((wanted) => wanted !== "" && !isMet(wanted) && !(isOneOfKinds && isKind(wanted, matcher)))
      .filter((wanted) => !isOtherForm(wanted, matcher, known))
      .map(
        (wanted) =>
          `looks for ${matcher.label}="${wanted}", a value that ${node.metric} never has. It has ${known.join(", ")}.${didYouMean(wanted, known)}`,
      );
  });
}

/** Other jobs exist beside those of the services; but one that begins as a service's does, and is nearly it, is meant to be it. */
function misspeltJobs(node: Selector, index: ModelIndex): readonly string[] {
  if (index.series.get(node.metric)?.service) return [];
  const asked = node.matchers.filter(({ label }) => label === "job").flatMap(wantedValues);
  const unknown = asked.filter((wanted) => !index.jobs.has(wanted));
  if (unknown.length === 0) return [];
  const services = [...index.services.values()].flatMap(({ id, workload }) => (workload ? [{ id, job: workload.job }] : []));
  return unknown.flatMap((wanted) => {
    const near = services.find(({ id, job }) => wanted.startsWith(id) && didYouMean(wanted, [job]) !== "");
    return near ? [`looks for job="${wanted}", but the job of ${near.id} is ${near.job}.${didYouMean(wanted, [near.job])}`] : [];
  });
}

/** The alternatives of a plain regular expression such as `rejected|error`, each of which must match something. */
function wantedValues({ op, value }: Matcher): readonly string[] {
  if (op === "=" || op === "!=") return [value];
  const alternatives = value.replace(/^\((?:\?:)?(.*)\)$/, "$1");
  return /[()[\]\\]/.test(alternatives) ? [value] : alternatives.split("|");
}

/** Whether a regular expression asks for whatever looks alike, such as `5..`, and not for one value. */
function isKind(wanted: string, { op }: Matcher): boolean {
  return (op === "=~" || op === "!~") && /[.*+?]/.test(wanted);
}

/** `1|1.0`: the bound as Prometheus 2 kept it, beside the one that Prometheus 3 writes. */
function isOtherForm(wanted: string, { label, op, value }: Matcher, known: readonly string[]): boolean {
  const same = known.filter((one) => label === "le" && op === "=~" && Number(one) === Number(wanted));
  return same.some((one) => regexMatches(value, one));
}

function matches(wanted: string, value: string, { op }: Matcher): boolean {
  if (op === "=" || op === "!=") return wanted === value;
  return regexMatches(wanted, value);
}
