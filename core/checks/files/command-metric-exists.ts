import { matchesSome } from "../../model/files/catalog";
import type { LoadedFiles } from "../../model/files/loaded";
import { indexOf, type ModelIndex } from "../../model/model";
import type { RunbookDocument } from "../../model/runbook";
import { runbookSubject } from "../../model/section-content";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check, type Problem } from "../check";

/** A grep for a metric that is not there finds nothing, and looks like good news. */
export const commandMetricExists: Check = {
  id: "command-metric-exists",
  description: "Metric names that commands look for in /metrics exist; the beginning of a name, as in grep mc_, begins one.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files) return [];
    const index = indexOf(model);
    return model.runbooks.flatMap((document) => inDocument(document, files, index));
  },
};

/** Only what is looked for in /metrics: other words with underscores are columns, log targets, files. */
function inDocument(document: RunbookDocument, files: LoadedFiles, index: ModelIndex): readonly Problem[] {
  const texts = [
    ...document.fences
      .filter(({ language }) => ["bash", "sh", "shell", "console", "zsh", ""].includes(language))
      .flatMap(({ code, line }) => code.split("\n").map((text, offset) => ({ text, line: line + 1 + offset }))),
    ...document.codeSpans,
  ];
  return texts
    .filter(({ text }) => /\/metrics\b.*\|.*\b(grep|egrep|rg|awk)\b/.test(text))
    .flatMap(({ text, line }) =>
      [...text.replace(/^.*?\/metrics\b/, "").matchAll(/(?<![\w./$-])([a-z][a-z0-9]*_[a-z0-9_]*)(\.[*+])?/g)].flatMap(
        ([, name = "", more]) => {
          const isBeginning = name.endsWith("_") || more !== undefined || isAlternative(text, name);
          if (isKnown(name, isBeginning, index)) return [];
          const families = files.families.filter(({ prefix }) => name.startsWith(prefix));
          if (families.length === 0 || matchesSome(name, files.elsewhere.metrics)) return [];
          const isCertain = families.some(({ isComplete }) => isComplete);
          return [
            {
              ...problem(
                runbookSubject(document, line),
                `the command looks for "${name}", which no metric ${isBeginning ? "begins with" : "is called"}.${didYouMean(name, index.series.keys())}`,
              ),
              ...(!isCertain && { severity: "warning" as const }),
            },
          ];
        },
      ),
    );
}

/** `(joins|failures)` goes on behind it. */
function isAlternative(text: string, name: string): boolean {
  return text.charAt(text.indexOf(name) + name.length) === "(";
}

/** grep finds a part of a line: also the beginning of a name is right. */
function isKnown(name: string, isBeginning: boolean, { series, metricsByName }: ModelIndex): boolean {
  if (series.has(name) || metricsByName.has(name)) return true;
  return isBeginning
    ? [...series.keys()].some((known) => known.startsWith(name))
    : [...series.keys()].some((known) => known.startsWith(`${name}_`));
}
