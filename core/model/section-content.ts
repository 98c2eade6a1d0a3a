import type { Subject } from "./finding";
import { onceInARow } from "./once";
import { runbookFile, type Fence, type Heading, type RunbookDocument } from "./runbook";

/** The heading that a slug names, if the document has it. */
export function headingOf(document: RunbookDocument | undefined, slug: string): Heading | undefined {
  return document?.headings.find((heading) => heading.slug === slug);
}

/** The lines of a document. */
export const linesOf = onceInARow(({ text }: RunbookDocument): readonly string[] => text.split("\n"));

/** The text of a section, its subsections included. */
export function sectionText(document: RunbookDocument, heading: Heading): string {
  return linesOf(document)
    .slice(heading.line - 1, heading.lastLine)
    .join("\n");
}

/** A line of a runbook, with what is accepted below the headings under which it stands. */
export function runbookSubject(document: RunbookDocument, line: number): Subject {
  const above = document.headings.filter((heading) => line >= heading.line && line <= heading.lastLine);
  return {
    file: runbookFile(document),
    line: line + (document.firstLine ?? 1) - 1,
    accepts: Object.fromEntries(above.flatMap(({ accepts }) => Object.entries(accepts))),
  };
}

/** The things of a document that stand within a section. */
export function within<T extends Pick<Fence, "line">>(heading: Heading, things: readonly T[]): readonly T[] {
  return things.filter(({ line }) => line >= heading.line && line <= heading.lastLine);
}
