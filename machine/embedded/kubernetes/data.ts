import type { CheckFailure } from "@pulumi/pulumi/provider";
import { asProperties, isProperties, type Properties } from "../provider/property-values";

const maximumDataBytes = 1024 * 1024;
const keyPattern = /^[-._a-zA-Z0-9]+$/;
const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Refuses a ConfigMap that the API server would refuse. */
export function checkConfigMap(object: Properties): CheckFailure[] {
  return checkDataFields(object, { text: "data", encoded: "binaryData" });
}

/** Refuses a Secret that the API server would refuse. Values are never repeated in a reason. */
export function checkSecret(object: Properties): CheckFailure[] {
  return checkDataFields(object, { text: "stringData", encoded: "data" });
}

interface DataFields {
  readonly text: string;
  readonly encoded: string;
}

function checkDataFields(object: Properties, { text, encoded }: DataFields): CheckFailure[] {
  const failures = [text, encoded].flatMap((field) => checkEntries(field, object[field]));
  for (const [key, value] of Object.entries(asProperties(object[encoded]))) {
    if (typeof value === "string" && !base64.test(value))
      failures.push({ property: `${encoded}[${JSON.stringify(key)}]`, reason: "Not base64." });
  }
  const bytes = countBytes(object[text], "utf8") + countBytes(object[encoded], "base64");
  if (bytes > maximumDataBytes)
    failures.push({
      property: text,
      reason: `${bytes} bytes in all; Kubernetes takes at most ${maximumDataBytes}. Split the object.`,
    });
  return failures;
}

function checkEntries(property: string, map: unknown): CheckFailure[] {
  if (map === undefined) return [];
  if (!isProperties(map)) return [{ property, reason: "Not a map of strings." }];
  return Object.entries(map).flatMap(([key, value]) => [
    ...(isDataKey(key)
      ? []
      : [
          {
            property,
            reason: `Key ${JSON.stringify(key)}: letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters.`,
          },
        ]),
    ...(typeof value === "string" ? [] : [{ property: `${property}[${JSON.stringify(key)}]`, reason: "Not a string." }]),
  ]);
}

function isDataKey(key: string): boolean {
  return key.length <= 253 && keyPattern.test(key) && key !== "." && !key.startsWith("..");
}

function countBytes(map: unknown, encoding: "utf8" | "base64"): number {
  return Object.values(asProperties(map)).reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? Buffer.byteLength(value, encoding) : 0),
    0,
  );
}
