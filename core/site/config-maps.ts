import { createHash } from "node:crypto";
import type { Model } from "../model/model";
import { runbookService } from "../model/runbook";
import { documentBytes } from "../render/size";
import { configMapLimit } from "../render/runbook-config-map";
import { addressOf } from "./address";
import type { Files } from "./content";

/** A ConfigMap with a part of a site. Its name follows from its content: other pages are another object. */
export interface SiteConfigMap {
  readonly name: string;
  /** What tells it from the others of the site, whatever is in it: `mc`, `mc-2`, `shared`. */
  readonly part: string;
  readonly data: Readonly<Record<string, string>>;
  /** Images, in base64. Absent where there are none. */
  readonly binaryData?: Readonly<Record<string, string>>;
  /** Which key is which file, from the site's root. */
  readonly items: readonly { readonly key: string; readonly path: string }[];
}

/** The files of a site as ConfigMaps whose names begin so, those of each service apart, none above the limit. */
export function siteConfigMaps(files: Files, model: Model, prefix: string): readonly SiteConfigMap[] {
  const owners = ownersOf(model);
  const parts = new Map<string, SiteFile[]>();
  for (const file of files) {
    const owner = owners.get(file[0]) ?? "shared";
    parts.set(owner, [...(parts.get(owner) ?? []), file]);
  }
  return [...parts].flatMap(([owner, own]) =>
    chunksOf(own).map((chunk, number) => configMap(prefix, number === 0 ? owner : `${owner}-${number + 1}`, chunk)),
  );
}

type SiteFile = readonly [path: string, content: string | Uint8Array];
type Chunk = readonly SiteFile[];

function configMap(prefix: string, part: string, files: Chunk): SiteConfigMap {
  const items = files.map(([path]) => ({ key: keyOf(path), path }));
  const valuesOf = (isWanted: (content: SiteFile[1]) => boolean): Record<string, string> =>
    Object.fromEntries(
      files.filter(([, content]) => isWanted(content)).map(([path, content]) => [keyOf(path), valueOf(content)]),
    );
  const data = valuesOf((content) => typeof content === "string");
  const binary = valuesOf((content) => typeof content !== "string");
  const binaryData = Object.keys(binary).length === 0 ? {} : { binaryData: binary };
  const hash = createHash("sha256")
    .update(JSON.stringify([items, data, ...Object.values(binaryData)]))
    .digest("hex")
    .slice(0, 10);
  return { name: `${prefix}-${part}-${hash}`, part, data, ...binaryData, items };
}

/** A file as it is written in a manifest. */
function valueOf(content: SiteFile[1]): string {
  return typeof content === "string" ? content : Buffer.from(content).toString("base64");
}

/** A key has no slashes. What is not allowed in one is written by its number, so that no two paths have the same key. */
function keyOf(path: string): string {
  return path.replace(/[^-.A-Za-z0-9]/gu, (character) => `_${character.codePointAt(0)?.toString(16) ?? ""}_`);
}

function chunksOf(files: Chunk): readonly Chunk[] {
  const chunks: SiteFile[][] = [[]];
  for (const file of files) {
    const last = chunks.at(-1) ?? [];
    const isFull =
      last.length > 0 &&
      documentBytes(Object.fromEntries([...last, file].map(([path, content]) => [path, valueOf(content)]))) > configMapLimit;
    if (isFull) chunks.push([file]);
    else last.push(file);
  }
  return chunks;
}

/** Whose page a file is, by its path. */
function ownersOf({ services, runbooks, runbookFiles = [] }: Model): ReadonlyMap<string, string> {
  return new Map([
    ...services.flatMap(({ id, alerts, dashboards }): [string, string][] => [
      [addressOf.service(id).file, id],
      ...alerts.map((alert): [string, string] => [addressOf.alert(alert).file, id]),
      ...dashboards.map((dashboard): [string, string] => [addressOf.dashboard(dashboard).file, id]),
    ]),
    ...runbooks.map(({ path }): [string, string] => [addressOf.runbook(path).file, runbookService(path)]),
    ...runbookFiles.map(({ path }): [string, string] => [addressOf.image(path).file, runbookService(path)]),
  ]);
}
