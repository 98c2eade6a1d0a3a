import type { Finding } from "../model/finding";
import {
  asPassed,
  isNoCluster,
  noCluster,
  noSecret,
  noToken,
  objectionTo,
  parseKey,
  projectName,
  readable,
  secretSetting,
  settingFault,
} from "./configuration";
import { readableSecrets } from "./readable-secrets";

/** A key of a file's configuration as it is written, and as the engine reads it. */
export interface WrittenKey {
  readonly key: string;
  readonly value: unknown;
  readonly parsed: ReturnType<typeof parseKey>;
}

/** The keys of a mapping, but those without a value of their own. */
export function writtenKeys(configuration: Readonly<Record<string, unknown>>): readonly WrittenKey[] {
  return Object.entries(configuration)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value, parsed: parseKey(key) }));
}

/** What they set of the project's own settings, by their short names, in the form in which the engine passes it. */
export function ownValues(keys: readonly WrittenKey[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    keys.flatMap(({ value, parsed }) => (parsed?.namespace === projectName ? [[parsed.name, asPassed(value)]] : [])),
  );
}

/** What is wrong with them: what would be ignored, is set twice, names no cluster, or is a secret where none can be. */
export function keyFaults(keys: readonly WrittenKey[], file: string, stack?: string): readonly Finding[] {
  return [
    ...keys.flatMap(({ key, parsed }) => {
      const why = parsed ? objectionTo(parsed) : 'is no key: that has the form "namespace:name".';
      return why === undefined ? [] : [settingFault(file, key, why)];
    }),
    ...keys
      .filter(({ value, parsed }) => parsed !== undefined && !isSecure(value) && isNoCluster(parsed, asPassed(value)))
      .map(({ key }) => settingFault(file, key, noCluster)),
    ...repeated(keys).map(({ key, other }) => settingFault(file, key, `is set twice, here and as "${other}". Keep one.`)),
    ...keys.flatMap((written) => secretFaults(written, file, stack)),
    ...keys.flatMap(({ key, value }) =>
      readableSecrets({ [key]: value }).map(([, ...path]) => {
        const name = key.slice(key.lastIndexOf(":") + 1);
        return settingFault(file, [name, ...path].join("."), readable(name, stack));
      }),
    ),
  ];
}

function secretFaults({ key, value, parsed }: WrittenKey, file: string, stack: string | undefined): readonly Finding[] {
  const isOwn = parsed?.namespace === projectName;
  const isToken = isOwn && parsed.name === secretSetting;
  if (holdsEmptySecret(value) || (isToken && isNoToken(value)))
    return [settingFault(file, isToken ? secretSetting : key, noToken(isToken, stack))];
  return isOwn && !isToken && isSecure(value) ? [settingFault(file, parsed.name, noSecret)] : [];
}

function repeated(keys: readonly WrittenKey[]): readonly { readonly key: string; readonly other: string }[] {
  const isSame = ({ parsed: a }: WrittenKey, { parsed: b }: WrittenKey): boolean =>
    a !== undefined && a.namespace === b?.namespace && a.name === b.name;
  return keys.flatMap((key, index) => {
    const other = keys.slice(0, index).find((earlier) => isSame(key, earlier));
    return other ? [{ key: key.key, other: other.key }] : [];
  });
}

function isSecure(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ("secure" in value && Object.keys(value).length === 1) || Object.values(value).some(isSecure);
}

/** `secure:` with nothing behind it. The engine passes it as it is written, or cannot decrypt it. */
function holdsEmptySecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const isEmpty = (inner: unknown): boolean => inner === null || (typeof inner === "string" && inner.trim() === "");
  if ("secure" in value && Object.keys(value).length === 1) return isEmpty(value.secure);
  return Object.values(value).some(holdsEmptySecret);
}

/** What the engine would pass as text, and what holds none that could be told as readable. */
function isNoToken(value: unknown): boolean {
  return typeof value === "boolean" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
