import { alertQuery, printedLabels } from "../model/alert";
import { indexOf } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql } from "../model/promql-syntax";
import { subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** Whatever label an annotation prints has survived the expression; otherwise the page has a hole in it. */
export const annotationLabels: Check = {
  id: "annotation-labels",
  description: "Every {{ $labels.x }} of an annotation is a label that the alert's expression keeps.",
  severity: "error",
  run: (model) => {
    const { labelsOf } = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const tree = parsePromql(alertQuery(alert, labelsOf).expr);
        const kept = tree && outputLabels(tree, labelsOf);
        if (!kept) return [];
        return printedLabels(alert)
          .filter((label) => !kept.has(label))
          .map((label) =>
            problem(
              subjectIn(service, "alerts", alert),
              `an annotation prints $labels.${label}, which the expression does not keep. ` +
                (kept.size === 0 ? "It keeps no labels." : `It keeps ${[...kept].join(", ")}.`) +
                didYouMean(label, kept),
            ),
          );
      }),
    );
  },
};
