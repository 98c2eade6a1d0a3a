/** What comes in place of a part of a text; an empty part is a place to insert at. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with parts replaced that do not overlap. What is inserted at one place stays in its order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => a.from - b.from)
    .reduceRight((edited, edit) => edited.slice(0, edit.from) + edit.text + edited.slice(edit.to), text);
}
