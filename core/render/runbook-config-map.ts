import { runbookService, type RunbookDocument } from "../model/runbook";
import type { Service } from "../model/service";
import { documentBytes, kibibyte } from "./size";

/** The API server refuses 1 MiB. */
export const configMapLimit = 900 * kibibyte;

/** The runbooks of a service by file name: those in its own folder. */
export function runbookFiles(service: Service, documents: readonly RunbookDocument[]): Readonly<Record<string, string>> {
  const own = documents.filter(({ path }) => runbookService(path) === service.id);
  return Object.fromEntries(own.map(({ path, text }) => [fileName(path), text]));
}

/** A ConfigMap with some of the files: how its name ends, and the files by name. */
export interface FilesPart<T> {
  readonly suffix: string;
  readonly data: Readonly<Record<string, T>>;
}

/** The files in one ConfigMap, or each in its own when together they are too large. None where there are none. */
export function divideFiles<T>(files: Readonly<Record<string, T>>, textOf: (file: T) => string): readonly FilesPart<T>[] {
  const entries = Object.entries(files);
  if (entries.length === 0) return [];
  const bytes = documentBytes(Object.fromEntries(entries.map(([name, file]) => [name, textOf(file)])));
  if (bytes <= configMapLimit) return [{ suffix: "", data: files }];
  return entries.map(([name, file]) => ({ suffix: `-${name.replace(/\.md$/, "")}`, data: { [name]: file } }));
}

function fileName(path: string): string {
  return path.slice(path.indexOf("/") + 1).replaceAll("/", "_");
}
