import { Document, parse, visit } from "yaml";
import { isProperties, type Properties } from "./property-values";

// The order in which people read an object. Everything else follows by name, because the engine keeps no order.
const readingOrder = [
  "apiVersion",
  "kind",
  "metadata",
  "type",
  "immutable",
  "spec",
  "name",
  "namespace",
  "alert",
  "record",
  "expr",
  "for",
  "keep_firing_for",
  "interval",
  "labels",
  "annotations",
];

/**
 * An object as a manifest that `kubectl apply -f` takes, the same text for the same object. Readers of YAML 1.1, PyYAML for
 * one, read it alike: what would be a boolean there, or its type `=`, is quoted.
 */
export function renderYaml(value: unknown): string {
  const document = new Document(inReadingOrder(value), { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (node.value === "=") node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** A manifest as an object, or undefined when the text is not one. */
export function parseManifest(text: string): Properties | undefined {
  try {
    const value: unknown = parse(text);
    return isProperties(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function inReadingOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inReadingOrder);
  if (!isProperties(value)) return value;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return Object.fromEntries(keys.sort(compareKeys).map((key) => [key, inReadingOrder(value[key])]));
}

function compareKeys(left: string, right: string): number {
  return rank(left) - rank(right) || (left < right ? -1 : 1);
}

function rank(key: string): number {
  const index = readingOrder.indexOf(key);
  return index < 0 ? readingOrder.length : index;
}
