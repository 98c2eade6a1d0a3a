import { runbookService, type RunbookDocument, type RunbookFile } from "../model/runbook";
import type { Service } from "../model/service";
import { documentBytes, kibibyte } from "./size";

/** The API server refuses 1 MiB. */
export const configMapLimit = 900 * kibibyte;

/** The runbooks of a service by file name: those in its own folder. */
export function runbookFiles(service: Service, documents: readonly RunbookDocument[]): Readonly<Record<string, string>> {
  const own = documents.filter(({ path }) => runbookService(path) === service.id);
  return Object.fromEntries(own.map(({ path, text }) => [fileName(path), text]));
}

/** What lies beside the runbooks of a service and is linked from them, by file name, in base64. */
export function filesBeside(service: Service, files: readonly RunbookFile[]): Readonly<Record<string, string>> {
  const own = files.filter(({ path }) => runbookService(path) === service.id);
  return Object.fromEntries(own.map(({ path, base64 }) => [fileName(path), base64]));
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
  return entries.map(([name, file]) => ({ suffix: ownSuffix(name), data: { [name]: file } }));
}

/** How the name of an object ends that holds one file: the file's name in the letters of an object's name. */
export function ownSuffix(file: string): string {
  const words = file
    .replace(/\.md$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-");
  return `-${words}`;
}

/** The key of a ConfigMap under which a file below `runbooks/` is deployed: its path within the service's folder. */
export function fileName(path: string): string {
  return path.slice(path.indexOf("/") + 1).replaceAll("/", "_");
}
