import { matchesSome } from "../model/files/catalog";
import type { LoadedFiles } from "../model/files/loaded";
import { indexOf, type ModelIndex } from "../model/model";
import { once } from "../model/once";
import { findIn, type Expr } from "../model/promql-syntax";
import { queriesIn } from "../model/queries";
import type { RunbookDocument } from "../model/runbook";
import { startsLikeOneOf } from "../model/service";
import { runbookSubject } from "../model/section-content";
import { didYouMean } from "../model/suggestion";
import { problem, type Check, type Problem } from "./check";
import { faultsIn } from "./in-each-query";

/** What could be a metric's name, or with `.*` behind it the beginning of some; no path, variable or assignment. */
const word = /(?<![\w:./$-]|\$\{)[a-z][a-z0-9]*_[a-z0-9_]*(?![\w:-]|\.[a-z]|=[^=~])(\.[*+])?/g;

/** No query, and no command of a runbook, names a metric that no catalog declares. */
export const metricIsDeclared: Check = {
  id: "metric-is-declared",
  description: "Every metric in alerts, panels, recording rules and runbook commands stands in a catalog.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    const { files } = model;
    const undeclaredIn = faultsIn(model, unknownNames);
    const inQueries = queriesIn(model).flatMap((query) =>
      undeclaredIn(query).flatMap((name) => {
        const found = problem(query.subject, undeclared(query.kind, name, index));
        return files ? absentFrom(files, found, name) : found;
      }),
    );
    const isOfAService = startsLikeOneOf(
      model.services.map(({ metricPrefix }) => metricPrefix),
      /^[a-z0-9_]/,
    );
    return files ? inQueries : [...inQueries, ...model.runbooks.flatMap((document) => inText(isOfAService, index, document))];
  },
};

function unknownNames(tree: Expr, { series }: ModelIndex): readonly string[] {
  return findIn(tree, (node) => (node.type === "selector" && !series.has(node.metric) ? [node.metric] : []));
}

/** Of a metric whose like the files know of: an error where they know all of them. Of others nobody can tell. */
function absentFrom(files: LoadedFiles, found: Problem, name: string): readonly Problem[] {
  const families = files.families.filter(({ prefix }) => name.startsWith(prefix));
  if (name === "" || families.length === 0 || name.includes(":") || matchesSome(name, files.elsewhere.metrics)) return [];
  if (families.some(({ isComplete }) => isComplete)) return [found];
  const message = `${found.message} A scrape lacks what was not counted yet: a catalog, or the code, under \`metrics\` would settle it.`;
  return [{ ...found, message, severity: "warning" }];
}

/**
 * Metric names in shell commands and in inline code: words that begin as a service's metrics do. Not paths, file
 * names, shell variables and labels; and of the beginning of a name, as `grep '^mc_actor_'` has it, some metric must be.
 */
function inText(isOfAService: (name: string) => boolean, index: ModelIndex, document: RunbookDocument): readonly Problem[] {
  const isKnown = (name: string): boolean => index.series.has(name) || index.metricsByName.has(name);
  const begins = (name: string): boolean => sortedNames(index)[firstFrom(name, sortedNames(index))]?.startsWith(name) === true;
  const shells = ["bash", "sh", "shell", "console"];
  const texts = [
    ...document.fences
      .filter(({ language }) => shells.includes(language))
      .flatMap(({ code, line }) =>
        code.split("\n").map((text, offset) => ({ text, line: line + 1 + offset, kind: "shell command" })),
      ),
    ...document.codeSpans.map(({ text, line }) => ({ text, line, kind: "text" })),
  ];
  return texts.flatMap(({ text, line, kind }) =>
    [...text.matchAll(word)]
      .map(([found, more]) => ({ name: found.replace(/\.[*+]$/, ""), isBeginning: found.endsWith("_") || more !== undefined }))
      .filter(({ name, isBeginning }) => isOfAService(name) && !(isBeginning ? begins(name) : isKnown(name)))
      .map(({ name }) => problem(runbookSubject(document, line), undeclared(kind, name, index))),
  );
}

const sortedNames = once(({ series }: ModelIndex): readonly string[] => [...series.keys()].sort());

/** The place of the first name that is not before another one. */
function firstFrom(name: string, sorted: readonly string[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function undeclared(kind: string, name: string, index: ModelIndex): string {
  if (name === "") return `the ${kind} selects series without naming a metric. Name one.`;
  const metric = index.metricsByName.get(name);
  if (metric?.type === "histogram") {
    return `the ${kind} uses the histogram "${name}" itself, which has no samples. Use ${name}_bucket, ${name}_count or ${name}_sum.`;
  }
  return `the ${kind} uses "${name}", which no catalog declares.${didYouMean(name, index.series.keys())}`;
}
