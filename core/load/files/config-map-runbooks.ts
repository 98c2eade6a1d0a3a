import type { RunbookDocument } from "../../model/runbook";
import { readMarkdown } from "../markdown";
import type { Document } from "./documents";
import { mapOf, textOr, textsOf } from "./shape";

/**
 * The documents that ConfigMaps of a file hold. As links between them have it, their path is `<name>/<key>`, with the
 * name of the app that the ConfigMap belongs to.
 */
export function runbooksWithin(file: string, text: string, documents: readonly Document[]): readonly RunbookDocument[] {
  const lines = text.split("\n");
  return markdownWithin(documents).map(({ path, key, content }) => ({
    ...readMarkdown(path, content),
    file,
    firstLine: firstLineOf(lines, key),
  }));
}

/** The Markdown that ConfigMaps hold, by its path for links. */
export function markdownWithin(
  documents: readonly Document[],
): readonly { readonly path: string; readonly key: string; readonly content: string }[] {
  return documents.flatMap(({ value }) => {
    const { kind, metadata, data } = mapOf(value);
    const { name, labels } = mapOf(metadata);
    const app = textsOf(labels)["app.kubernetes.io/name"] ?? textOr(name);
    if (kind !== "ConfigMap") return [];
    return Object.entries(textsOf(data)).flatMap(([key, content]) =>
      key.endsWith(".md") ? [{ path: `${app}/${key}`, key, content }] : [],
    );
  });
}

/** A block begins on the line below its key. */
function firstLineOf(lines: readonly string[], key: string): number {
  const index = lines.findIndex((line) => line.trimStart().startsWith(`${key}:`) || line.trimStart().startsWith(`"${key}":`));
  return index < 0 ? 1 : index + 2;
}
