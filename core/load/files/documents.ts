import type { At } from "../../model/files/place";
import { parseYaml } from "./lenient-yaml";

/** A document of a YAML or JSON file, as plain values. */
export interface Document {
  readonly value: unknown;
  readonly at: At;
}

/** What is wrong with the text of a file. */
export interface Fault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** The documents of a text, and what is wrong with it. Of a text with an error, the documents before it are kept. */
export interface Documents {
  readonly documents: readonly Document[];
  readonly faults: readonly Fault[];
}

/** An alias stands for at most so many copies: more is an attack, or a mistake. */
const mostAliases = 1000;

/** Reads YAML: several documents, anchors, merge keys. */
export function readYamlDocuments(text: string): Documents {
  const documents: Document[] = [];
  const faults: Fault[] = [];
  const { documents: parsed, lines } = parseYaml(text);
  parsed.forEach((document, index) => {
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      return void faults.push({ message: explain(text, error.message), line, column: col });
    }
    try {
      const value: unknown = document.toJS({ maxAliasCount: mostAliases });
      if (isCyclic(value)) faults.push({ message: "is YAML with an alias that contains itself." });
      else documents.push({ value, at: { document: index, path: [] } });
    } catch (failure) {
      faults.push({
        message: `is YAML that cannot be expanded: ${failure instanceof Error ? failure.message : String(failure)}.`,
      });
    }
  });
  return { documents, faults };
}

/** Reads one JSON document. */
export function readJsonDocument(text: string): Documents {
  try {
    return { documents: [{ value: JSON.parse(text), at: { document: 0, path: [] } }], faults: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    const before = text.slice(0, offset).split("\n");
    const said = reason.replace(/,? ?(\.\.\.)?".*$/s, "").replace(/ in JSON.*$| at position.*$/s, "");
    return {
      documents: [],
      faults: [{ message: `is no JSON: ${said}.`, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }],
    };
  }
}

function explain(text: string, reason: string): string {
  const first = reason.split("\n")[0]?.replace(/\.?$/, "") ?? "";
  return /^\s*\{\{-?\s/m.test(text)
    ? "is a Helm template. Give what `helm template` makes of it, or leave it out of the globs."
    : `is no YAML: ${first}.`;
}

function isCyclic(value: unknown, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (typeof value !== "object" || value === null || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const found = Object.values(value).some((child) => isCyclic(child, above, done));
  above.delete(value);
  done.add(value);
  return found;
}
