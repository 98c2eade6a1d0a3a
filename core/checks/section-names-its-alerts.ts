import { indexOf } from "../model/model";
import type { Fence, Located } from "../model/runbook";
import { headingOf, runbookSubject, sectionText } from "../model/section-content";
import { startsLikeOneOf, subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** Whoever arrives at a section finds the name of the alert that led there, and no name that no longer exists. */
export const sectionNamesItsAlerts: Check = {
  id: "section-names-its-alerts",
  description: "A runbook section names the alerts that lead to it, and every alert that a runbook names exists.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    const unnamed = model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const document = index.documents.get(alert.runbook.path);
        const heading = headingOf(document, alert.runbook.slug);
        if (!document || !heading) return []; // anchor-exists says so
        if (namesWord(sectionText(document, heading), alert.name)) return [];
        return [
          problem(
            subjectIn(service, "alerts", alert),
            `leads to "${heading.title}" of runbooks/${document.path}, which does not name it. Write \`${alert.name}\` into it, for instance into its Symptoms.`,
          ),
        ];
      }),
    );
    const names = [...index.serviceOf.keys()];
    const known = new Set(names);
    const isOfAService = startsLikeOneOf(
      model.services.map(({ alertPrefix }) => alertPrefix),
      /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/,
    );
    const gone = model.runbooks.flatMap((document) =>
      [...document.codeSpans, ...document.fences.flatMap(alertsIn)]
        .filter(({ text }) => isOfAService(text) && !known.has(text))
        .map(({ text, line }) =>
          problem(runbookSubject(document, line), `names the alert "${text}", which no service has.${didYouMean(text, names)}`),
        ),
    );
    return [...unnamed, ...gone];
  },
};

/** What a command selects as `alertname=…`. */
function alertsIn({ code, line }: Fence): readonly Located[] {
  return code
    .split("\n")
    .flatMap((text, offset) =>
      [...text.matchAll(/\balertname="?(\w+)/g)].map(([, name]) => ({ text: String(name), line: line + 1 + offset })),
    );
}

function namesWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + word.length))) return true;
  }
  return false;
}
