import { distance } from "fastest-levenshtein";
import { indexOf } from "../model/model";
import type { RunbookDocument } from "../model/runbook";
import { linesOf, runbookSubject } from "../model/section-content";
import { startsLikeOneOf } from "../model/service";
import { nearestName } from "../model/suggestion";
import { problem, type Check } from "./check";

/** What a runbook quotes is called so: somebody will search for it at night. */
export const proseNamesExist: Check = {
  id: "prose-names-exist",
  description: "Alerts in backticks and panels in quotation marks are spelt in runbooks as they are named.",
  severity: "error",
  run: (model) => {
    const alerts = new Set(indexOf(model).serviceOf.keys());
    const titles = new Set([...indexOf(model).panels.values()].map(({ title }) => title));
    const isOfAService = startsLikeOneOf(
      model.services.map(({ alertPrefix }) => alertPrefix),
      /^/,
    );
    return model.runbooks.flatMap((document) => [
      ...misspelt(alertsIn(document, isOfAService), alerts).map(({ line, text, meant }) =>
        problem(runbookSubject(document, line), `there is no alert "${text}". Did you mean "${meant}"?`),
      ),
      ...misspelt(panelsIn(document), titles).map(({ line, text, meant }) =>
        problem(runbookSubject(document, line), `there is no panel "${text}". Did you mean "${meant}"?`),
      ),
    ]);
  },
};

interface Quoted {
  readonly text: string;
  readonly line: number;
}

/** Only what differs in a letter or two, or in their order, is a slip: whatever else is quoted may be something else. */
function misspelt(quoted: readonly Quoted[], known: ReadonlySet<string>): readonly (Quoted & { readonly meant: string })[] {
  return quoted
    .filter(({ text }) => !known.has(text))
    .flatMap(({ text, line }) => {
      const meant = nearestName(text, known);
      return meant !== undefined && (isSwapped(text, meant) || distance(text, meant) <= Math.min(2, Math.floor(meant.length / 6)))
        ? [{ text, line, meant }]
        : [];
    });
}

/** Whether two neighbouring letters have changed places: `Dpeth`. */
function isSwapped(text: string, meant: string): boolean {
  const at = Array.from(text).findIndex((letter, index) => letter !== meant[index]);
  const swapped = text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
  return at >= 0 && swapped === meant;
}

/** Words in backticks that have the form of an alert of one of the services. */
function alertsIn({ codeSpans }: RunbookDocument, isOfAService: (name: string) => boolean): readonly Quoted[] {
  return codeSpans.filter(({ text }) => /^[A-Za-z0-9]+$/.test(text) && isOfAService(text));
}

/** What stands in quotation marks beside the word panel, outside of code. */
function panelsIn(document: RunbookDocument): readonly Quoted[] {
  return linesOf(document).flatMap((content, index) => {
    const line = index + 1;
    if (!/["”]/.test(content) || document.fences.some((fence) => line >= fence.line && line <= fence.lastLine)) return [];
    const found = [...content.matchAll(/\bpanels? ["“]([^"”]+)["”]|["“]([^"“”]+)["”] panel\b/gi)];
    return found.map(([, after, before]) => ({ text: after ?? before ?? "", line }));
  });
}
