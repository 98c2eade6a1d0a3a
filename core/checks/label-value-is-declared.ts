import { indexOf, type ModelIndex } from "../model/model";
import { parsePromql, walk, type Expr, type Matcher } from "../model/promql-syntax";
import { regexMatches } from "../model/promql/regex";
import { listedValues } from "../model/promql-values";
import { queriesIn } from "../model/queries";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** No matcher waits for a value that its label never has. */
export const labelValueIsDeclared: Check = {
  id: "label-value-is-declared",
  description: "A matcher on a label whose values are listed matches at least one of them.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const nodes = tree ? [...walk(tree)] : [];
      const messages = nodes.flatMap((node) => [...undeclaredValues(node, index), ...misspeltJobs(node, index)]);
      return [...new Set(messages)].map((message) => problem(subject, `the ${kind} ${message}`));
    });
  },
};

function undeclaredValues(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type !== "selector") return [];
  return node.matchers.flatMap((matcher) => {
    const known = listedValues(node.metric, matcher.label, index);
    if (!known) return [];
    return wantedValues(matcher)
      .filter((wanted) => wanted !== "" && !known.some((value) => matches(wanted, value, matcher)))
      .map(
        (wanted) =>
          `looks for ${matcher.label}="${wanted}", a value that ${node.metric} never has. It has ${known.join(", ")}.${didYouMean(wanted, known)}`,
      );
  });
}

/** Other jobs exist beside those of the services; but one that begins as a service's does, and is nearly it, is meant to be it. */
function misspeltJobs(node: Expr, index: ModelIndex): readonly string[] {
  if (node.type !== "selector" || index.series.get(node.metric)?.service) return [];
  const services = [...index.services.values()].flatMap(({ id, workload }) => (workload ? [{ id, job: workload.job }] : []));
  const jobs = services.map(({ job }) => job);
  return node.matchers
    .filter(({ label }) => label === "job")
    .flatMap(wantedValues)
    .filter((wanted) => !jobs.includes(wanted))
    .flatMap((wanted) => {
      const near = services.find(({ id, job }) => wanted.startsWith(id) && didYouMean(wanted, [job]) !== "");
      return near
        ? [`looks for job="${wanted}", but the job of ${near.id} is ${near.job}.${didYouMean(wanted, [near.job])}`]
        : [];
    });
}

/** The alternatives of a plain regular expression such as `rejected|error`, each of which must match something. */
function wantedValues({ op, value }: Matcher): readonly string[] {
  if (op === "=" || op === "!=") return [value];
  const alternatives = value.replace(/^\((?:\?:)?(.*)\)$/, "$1");
  return /[()[\]\\]/.test(alternatives) ? [value] : alternatives.split("|");
}

function matches(wanted: string, value: string, { op }: Matcher): boolean {
  if (op === "=" || op === "!=") return wanted === value;
  return regexMatches(wanted, value);
}
