import { join } from "node:path";
import { resourceName } from "../provider/claims";
import { type Kind } from "./kinds";
import { fitFileName } from "../provider/owned-files";
import { asProperties, asSecret, isProperties, type Properties } from "../provider/property-values";

/** The fields that hold an object's content and are secret in a Secret. */
export const dataFields = ["data", "binaryData", "stringData"];

/** An object's identifier, as the real provider forms it: namespace and name, or the name alone. */
export function objectId(object: Properties): string {
  const { name, namespace } = nameOf(object);
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** What may exist only once, as a path: namespace, kind and name. */
export function identityOf({ kind, isNamespaced }: Kind, id: string): string {
  const [namespace = "", name = ""] = isNamespaced ? id.split("/") : [id, id];
  return join(namespace, fitFileName(`${kind.toLowerCase()}-${name}`));
}

/** Says that an object exists already, and whose it is. */
export function describeConflict(object: Properties, urn: string): string {
  return `${textOf(object["apiVersion"])} ${textOf(object["kind"])} ${objectId(object)} exists already: it belongs to the resource "${resourceName(urn)}".`;
}

/** An object of which only the identity is left. */
export function identityOnly(object: Properties): Properties {
  const { apiVersion, kind } = object;
  return { apiVersion, kind, metadata: nameOf(object) };
}

/** An object that was read from disk, with the content of a Secret wrapped again. */
export function withSecretsHidden({ kind }: Kind, object: Properties): Properties {
  if (kind !== "Secret") return object;
  const hidden = dataFields
    .filter((field) => isProperties(object[field]))
    .map((field) => [field, asSecret(object[field])] as const);
  return { ...object, ...Object.fromEntries(hidden) };
}

function nameOf(object: Properties): { name: string; namespace?: string } {
  const { name, namespace } = asProperties(object["metadata"]);
  return { name: textOf(name), ...(namespace === undefined ? {} : { namespace: textOf(namespace) }) };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
