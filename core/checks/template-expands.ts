import type { Alert } from "../model/alert";
import { subjectIn } from "../model/service";
import { templateFault, expandTemplate } from "../model/template/expand";
import { unknownExternalLabels } from "../model/template/external-labels";
import { misspelt } from "../model/template/functions";
import { templateFunctionsIn, templateLabels } from "../model/template/labels";
import type { Unit } from "../model/unit";
import { problem, type Check } from "./check";

/** Prometheus expands templates when an alert fires, and a wrong one prints an error in place of what people need to know. */
export const templateExpands: Check = {
  id: "template-expands",
  description: "The templates of an alert's texts and labels can be expanded, and print its value in its unit.",
  severity: "error",
  run: (model) =>
    model.services.flatMap((service) =>
      service.alerts.flatMap((alert) =>
        [...textsOf(alert), ...labelsOf(alert)].flatMap(([place, text]) => {
          const fault = faultOf(place, text, alert) ?? externalFault(place, text, model.externalLabels);
          return fault === undefined ? [] : [problem(subjectIn(service, "alerts", alert), fault)];
        }),
      ),
    ),
};

type Text = readonly [place: string, text: string];

function textsOf({ summary, impact, when }: Alert): readonly Text[] {
  return [["summary", summary], ["impact", impact], ...("expression" in when ? [["trigger", when.trigger] as const] : [])];
}

function labelsOf({ labels = {} }: Alert): readonly Text[] {
  return Object.entries(labels).map(([label, text]) => [`label "${label}"`, text]);
}

function faultOf(place: string, text: string, alert: Alert): string | undefined {
  const labels = templateLabels(text);
  const fault = templateFault(text, labels, alert.examples.length > 0);
  if (fault !== undefined) {
    return `its ${place} is no template that Prometheus can expand: ${fault}.${misspelt(fault)} Write labels as {label} and the value as {value}, or repair it.`;
  }
  if (place.startsWith("label ") && printsValue(text, labels))
    return `its ${place} prints the value: with each new value it would be another alert, which begins to wait anew. Print the value in the summary.`;
  return "expression" in alert.when ? undefined : wrongUnit(place, text, alert.panel.unit);
}

function externalFault(place: string, text: string, known: readonly string[] | undefined): string | undefined {
  const [fault] = unknownExternalLabels(text, known);
  return fault === undefined ? undefined : `its ${place} ${fault} Name it in externalLabels of the stack, or leave it out.`;
}

function printsValue(text: string, labels: readonly string[]): boolean {
  if (templateFault(text, labels, true) !== undefined) return false;
  const expanded = (value: number): string =>
    expandTemplate(text, { labels: Object.fromEntries(labels.map((label) => [label, "example"])), value });
  return [0.25, 1.5, 1e6].some((value) => expanded(value) !== expanded(value * 3));
}

const units: Readonly<Record<string, readonly Unit[]>> = {
  humanizeDuration: ["s"],
  humanizePercentage: ["percentunit"],
  humanize1024: ["bytes"],
};

function wrongUnit(place: string, text: string, unit: Unit): string | undefined {
  const wrong = [...templateFunctionsIn(text)].find((name) => Object.hasOwn(units, name) && !units[name]?.includes(unit));
  return wrong === undefined
    ? undefined
    : `its ${place} prints the value with ${wrong}, but its panel is in the unit "${unit}". Write {value}, which is printed in that unit.`;
}
