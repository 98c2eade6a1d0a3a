import { didYouMean } from "../suggestion";
import { externalTemplateLabels } from "./labels";

/** What the Prometheus operator adds by itself. */
const byOperator = ["prometheus", "prometheus_replica"];

/** What a template prints of the labels that Prometheus adds to all that it sends, and that it does not have: nothing, then. */
export function unknownExternalLabels(text: string, known: readonly string[] | undefined): readonly string[] {
  if (known === undefined) return [];
  return externalTemplateLabels(text)
    .filter((label) => !known.includes(label) && !byOperator.includes(label))
    .map(
      (label) =>
        `prints $externalLabels.${label}, which this Prometheus does not have: nothing is printed. It has ${known.join(", ") || "none"}.${didYouMean(label, known)}`,
    );
}
