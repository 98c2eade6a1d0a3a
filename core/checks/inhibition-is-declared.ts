import type { Cascade } from "../model/dependency";
import { indexOf, type Model } from "../model/model";
import { isScenario, type RunbookDocument } from "../model/runbook";
import { linesOf, runbookSubject, sectionText } from "../model/section-content";
import { problem, type Check, type Problem } from "./check";

/** A scenario that says which alert is silent meanwhile says what Alertmanager does. */
export const inhibitionIsDeclared: Check = {
  id: "inhibition-is-declared",
  description: "What a scenario says about inhibited alerts, in names, is what the cascades make Alertmanager do.",
  severity: "error",
  run: (model) =>
    model.runbooks
      .filter(({ text }) => text.includes("inhibit"))
      .flatMap((document) =>
        document.headings
          .filter((heading) => isScenario(heading) && sectionText(document, heading).includes("inhibit"))
          .flatMap(({ line, lastLine }) =>
            sentencesIn(document, line, lastLine).flatMap((sentence) => refuted(sentence, document, model)),
          ),
      ),
};

/** A sentence and the line on which it begins. */
interface Sentence {
  readonly text: string;
  readonly line: number;
}

/** "An inhibited alert" claims nothing of any one. */
const claim = /\b(?:inhibits?|(?:is|are|be|stays?|gets?)\s+(?:\w+\s+)?(inhibited))\b/;

/** `A` inhibits `B`; `B` is inhibited while `A` fires. */
function refuted({ text, line }: Sentence, document: RunbookDocument, model: Model): readonly Problem[] {
  const verb = claim.exec(text);
  if (!verb) return [];
  const { serviceOf } = indexOf(model);
  const named = (part: string): readonly string[] =>
    [...part.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name).filter((name) => serviceOf.has(name));
  const [before, after] = [named(text.slice(0, verb.index)), named(text.slice(verb.index))];
  const [upstream, downstream] = verb[1] !== undefined ? [after, before] : [before, after];
  const subject = runbookSubject(document, line);
  if (upstream.length === 0 || downstream.length === 0) {
    const form = "Name both sides: `A` inhibits `B`, or `B` is inhibited while `A` fires.";
    return [problem(subject, `says that an alert is inhibited, but not which one by which. ${form}`)];
  }
  return upstream.flatMap((above) =>
    downstream
      .filter((below) => !explains(above, below, model.cascades))
      .map((below) => problem(subject, `says that ${above} inhibits ${below}, which no cascade of services/cascades.ts does.`)),
  );
}

function explains(above: string, below: string, cascades: readonly Cascade[]): boolean {
  return cascades.some(({ upstream, downstream }) => upstream.name === above && downstream.some(({ name }) => name === below));
}

/** The sentences of the paragraphs and list items of a section that speak of it, code blocks left out. */
function sentencesIn(document: RunbookDocument, first: number, last: number): readonly Sentence[] {
  const isCode = (line: number): boolean => document.fences.some((fence) => line >= fence.line && line <= fence.lastLine);
  const paragraphs: { line: number; lines: string[] }[] = [];
  linesOf(document)
    .slice(first - 1, last)
    .forEach((content, index) => {
      const line = first + index;
      const begins = content.trim() === "" || isCode(line) || /^\s*([-*]|\d+\.)\s/.test(content);
      if (begins || paragraphs.length === 0) paragraphs.push({ line, lines: [] });
      if (!isCode(line)) paragraphs.at(-1)?.lines.push(content);
    });
  return paragraphs
    .map(({ line, lines }) => ({ line, text: lines.join("\n") }))
    .flatMap(({ line, text }) => (text.includes("inhibit") ? splitSentences(text, line) : []));
}

function splitSentences(text: string, line: number): readonly Sentence[] {
  return [...text.matchAll(/\S(?:[^.:!?]|[.:!?](?!\s+[A-Z`*]))*[.:!?]?/g)].map(({ 0: sentence, index }) => ({
    text: sentence,
    line: line + text.slice(0, index).split("\n").length - 1,
  }));
}
