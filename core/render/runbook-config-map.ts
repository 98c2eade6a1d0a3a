import { runbookService, type RunbookDocument } from "../model/runbook";
import type { Service } from "../model/service";
import { documentBytes, kibibyte } from "./size";

/** A ConfigMap with runbooks: its name, and the Markdown by file name. */
export interface RunbookConfigMap {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** The API server refuses 1 MiB. */
export const configMapLimit = 900 * kibibyte;

/** The ConfigMaps of a service's runbooks: one, or one a file when together they are too large. */
export function renderRunbookConfigMaps(service: Service, documents: readonly RunbookDocument[]): readonly RunbookConfigMap[] {
  const own = documents.filter(({ path }) => runbookService(path) === service.id);
  const data = Object.fromEntries(own.map(({ path, text }) => [fileName(path), text]));
  const name = `dark-tower-${service.id}-runbooks`;
  if (own.length === 0) return [];
  if (documentBytes(data) <= configMapLimit) return [{ name, data }];
  return own.map(({ path, text }) => ({
    name: `${name}-${fileName(path).replace(/\.md$/, "")}`,
    data: { [fileName(path)]: text },
  }));
}

function fileName(path: string): string {
  return path.slice(path.indexOf("/") + 1).replaceAll("/", "_");
}
