import { isDeepStrictEqual } from "node:util";
// Not from the package's root, which loads the TypeScript compiler: providers start as processes of their own.
import { specialOutputValueSig, specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";

/** An object of which nothing more is known. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a value is an object with properties (not an array, not null). */
export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as properties; an empty object for anything else. */
export function asProperties(value: unknown): Properties {
  return isProperties(value) ? value : {};
}

/** A property value as it is meant: without the engine's wrappers for secrets and outputs, and without its `__` bookkeeping. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isProperties(value)) return value;
  if (isWrapped(value)) return "value" in value ? plainValue(value["value"]) : unknownValue;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, inner]) => [key, plainValue(inner)]));
}

/** Whether a plain value contains something that is known only after an update, as happens in a preview. */
export function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isProperties(value)) return Object.values(value).some(hasUnknown);
  return value === unknownValue;
}

/** Whether two property values mean the same, wrapped or not. */
export function isSameValue(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(plainValue(left), plainValue(right));
}

/** The value wrapped as a secret, so that the engine encrypts it in the state and hides it in what it prints. */
export function asSecret(value: unknown): Properties {
  return { [specialSigKey]: specialSecretSig, value };
}

/** Whether a property arrived wrapped as a secret. */
export function isSecret(value: unknown): boolean {
  return isProperties(value) && (value[specialSigKey] === specialSecretSig || (isWrapped(value) && value["secret"] === true));
}

/** Whether a property is, or holds, one that arrived wrapped as a secret. */
export function hasSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSecret);
  return isSecret(value) || (isProperties(value) && Object.values(value).some(hasSecret));
}

function isWrapped(value: Properties): boolean {
  const signature = value[specialSigKey];
  return signature === specialSecretSig || signature === specialOutputValueSig;
}
