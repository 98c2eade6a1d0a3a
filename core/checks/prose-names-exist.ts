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
  description: "Alerts, wherever they stand, and panels that are quoted are spelt in runbooks as they are named.",
  severity: "error",
  run: (model) => {
    const alerts = new Set(indexOf(model).serviceOf.keys());
    const panels = [...indexOf(model).panels];
    const ids = new Set(panels.map(([, { id }]) => id));
    const addresses = new Set(panels.flatMap(([address, { title }]) => [address, title]));
    const isOfAService = startsLikeOneOf(
      model.services.map(({ alertPrefix }) => alertPrefix),
      /^/,
    );
    return model.runbooks.flatMap((document) => [
      ...misspelt(alertsIn(document, isOfAService), alerts)
        .filter(isClear)
        .map(({ line, text, meant }) =>
          problem(runbookSubject(document, line), `there is no alert "${text}". Did you mean "${meant}"?`),
        ),
      ...misspelt(
        panelsIn(document).filter(({ text }) => !ids.has(text)),
        addresses,
      ).map(({ line, text, meant }) =>
        problem(runbookSubject(document, line), `there is no panel "${text}". Did you mean "${meant}"?`),
      ),
    ]);
  },
};

interface Quoted {
  readonly text: string;
  readonly line: number;
  /** Whether it stands there as it is, and not in backticks. */
  readonly isBare?: boolean;
}

/** A word without backticks can be another one that begins so: `EXDeepMailboxes` beside `EXDeepMailbox`. */
function isClear({ text, meant, isBare }: Quoted & { readonly meant: string }): boolean {
  return !isBare || !text.startsWith(meant);
}

/** Only what differs in a letter or two, or in their order, is a slip: whatever else is quoted may be something else. */
function misspelt(quoted: readonly Quoted[], known: ReadonlySet<string>): readonly (Quoted & { readonly meant: string })[] {
  return quoted
    .filter(({ text }) => !known.has(text))
    .flatMap((one) => {
      const { text } = one;
      const meant = nearestName(text, known);
      return meant !== undefined && (isSwapped(text, meant) || distance(text, meant) <= Math.min(2, Math.floor(meant.length / 6)))
        ? [{ ...one, meant }]
        : [];
    });
}

/** Whether two neighbouring letters have changed places: `Dpeth`. */
function isSwapped(text: string, meant: string): boolean {
  const at = Array.from(text).findIndex((letter, index) => letter !== meant[index]);
  const swapped = text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
  return at >= 0 && swapped === meant;
}

/** Several words in one, of which the first is in capitals, as the names of alerts are. */
const isNameLike = (word: string): boolean => /^[A-Z][^A-Z]*[A-Z][^a-z]*[a-z][^A-Z]*[A-Z]/.test(word);

/** Words in backticks that have the form of an alert of one of the services, and others that are written as one. */
function alertsIn(document: RunbookDocument, isOfAService: (name: string) => boolean): readonly Quoted[] {
  const isOfOne = (text: string): boolean => isOfAService(text) || isOfAService(text.toUpperCase());
  const quoted = document.codeSpans.filter(({ text }) => /^[A-Za-z0-9]+$/.test(text) && isOfOne(text));
  const isQuoted = new Set(quoted.map(({ text, line }) => `${line} ${text}`));
  const bare = linesOf(document).flatMap((content, index) => {
    const names = new Set(
      (content.match(/(?<![\w/.-])[A-Z]\w+(?![\w/-])/g) ?? []).filter((word) => isNameLike(word) && isOfOne(word)),
    );
    const line = index + 1;
    return [...names].filter((text) => !isQuoted.has(`${line} ${text}`)).map((text) => ({ text, line, isBare: true }));
  });
  return [...quoted, ...bare];
}

/** What is quoted beside the word panel, outside of code. */
function panelsIn(document: RunbookDocument): readonly Quoted[] {
  return linesOf(document).flatMap((content, index) => {
    const line = index + 1;
    if (!/panel/i.test(content) || document.fences.some((fence) => line >= fence.line && line <= fence.lastLine)) return [];
    const found = [
      ...content.matchAll(/\bpanels? \**["“'‘`]([^"”'’`]+)["”'’`]/gi),
      ...content.matchAll(/(?<!\w)["“'‘`]([^"“”'‘’`]+)["”'’`]\** panel\b/gi),
    ];
    return found.map(([, text = ""]) => ({ text, line }));
  });
}
