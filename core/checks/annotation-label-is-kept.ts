import { alertQuery, printedLabels } from "../model/alert";
import type { LoadedRule } from "../model/files/loaded";
import { below } from "../model/files/place";
import { indexOf } from "../model/model";
import { outputLabels, type LabelsOf } from "../model/promql-labels";
import { parsePromql } from "../model/promql-syntax";
import { subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { templateLabels } from "../model/template/labels";
import { problem, type Check, type Problem } from "./check";

/** Whatever label an annotation prints has survived the expression; otherwise the page has a hole in it. */
export const annotationLabelIsKept: Check = {
  id: "annotation-label-is-kept",
  description: "Every {{ $labels.x }} of an annotation is a label that the alert's expression keeps.",
  severity: "error",
  run: (model) => {
    const { labelsOf } = indexOf(model);
    const declared = model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const tree = parsePromql(alertQuery(alert, labelsOf).expr);
        const kept = tree && outputLabels(tree, labelsOf);
        if (!kept) return [];
        const ofLabels = Object.entries(alert.labels ?? {}).flatMap(([name, text]) =>
          templateLabels(text).map((label) => [`its label "${name}"`, label] as const),
        );
        return [...printedLabels(alert).map((label) => ["an annotation", label] as const), ...ofLabels]
          .filter(([, label]) => !kept.has(label) && label !== "__name__")
          .map(([place, label]) =>
            problem(
              subjectIn(service, "alerts", alert),
              `${place} prints $labels.${label}, which the expression does not keep. ` +
                (kept.size === 0 ? "It keeps no labels." : `It keeps ${[...kept].join(", ")}.`) +
                didYouMean(label, kept),
            ),
          );
      }),
    );
    return [...declared, ...(model.files?.rules ?? []).flatMap((rule) => ofRule(rule, labelsOf))];
  },
};

/** A rule of a file: each annotation and label by itself. Its own labels are not among those that it prints. */
function ofRule({ kind, expr, annotations, labels, subject }: LoadedRule, labelsOf: LabelsOf): readonly Problem[] {
  const tree = kind === "alert" ? parsePromql(expr) : undefined;
  const kept = tree && outputLabels(tree, labelsOf, "by some");
  if (!kept) return [];
  return Object.entries({ annotations, labels }).flatMap(([key, texts]) =>
    Object.entries(texts).flatMap(([name, text]) =>
      templateLabels(text)
        .filter((label) => !kept.has(label) && label !== "__name__")
        .map((label) =>
          problem(
            { ...subject, ...(subject.at && { at: below(subject.at, key, name) }) },
            `prints $labels.${label}, which the expression does not keep. ` +
              (kept.size === 0
                ? "It keeps no labels."
                : labels[label] === undefined
                  ? keptLabels(kept)
                  : "A rule's own labels cannot be printed.") +
              didYouMean(label, kept),
          ),
        ),
    ),
  );
}

/** More than a handful are what any scrape may add. */
function keptLabels(kept: ReadonlySet<string>): string {
  return kept.size > 12 ? "Its metric has no such label." : `It keeps ${[...kept].join(", ")}.`;
}
