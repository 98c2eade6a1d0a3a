import type { CheckFailure } from "@pulumi/pulumi/provider";
import { asProperties, isProperties, type Properties } from "../provider/property-values";

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const maximumAnnotationBytes = 256 * 1024;

/** Refuses the metadata that the API server would refuse: names, labels, annotations. */
export function checkMetadata(value: unknown, isNamespaced: boolean): CheckFailure[] {
  const metadata = asProperties(value);
  return [
    ...checkName(metadata["name"]),
    ...(isNamespaced ? checkNamespace(metadata["namespace"]) : []),
    ...checkLabels(metadata["labels"]),
    ...checkAnnotations(metadata["annotations"]),
  ];
}

function checkName(name: unknown): CheckFailure[] {
  const property = "metadata.name";
  if (name === undefined || name === "")
    return [{ property, reason: "Missing: without it the object would get a random name that nothing can link to." }];
  if (typeof name === "string" && name.length <= 253 && subdomain.test(name)) return [];
  return [
    {
      property,
      reason: `${JSON.stringify(name)} is not a DNS subdomain: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters.`,
    },
  ];
}

function checkNamespace(namespace: unknown): CheckFailure[] {
  const property = "metadata.namespace";
  if (namespace === undefined || namespace === "")
    return [{ property, reason: "Missing: the object would land in whatever namespace happens to be current." }];
  if (typeof namespace === "string" && namespace.length <= 63 && label.test(namespace)) return [];
  return [
    {
      property,
      reason: `${JSON.stringify(namespace)} is not a namespace: lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters.`,
    },
  ];
}

function checkLabels(labels: unknown): CheckFailure[] {
  return checkKeys("metadata.labels", labels, (property, value) => {
    if (typeof value !== "string") return [{ property, reason: `${JSON.stringify(value)} is not a string.` }];
    if (value === "" || (value.length <= 63 && qualifiedName.test(value))) return [];
    return [
      {
        property,
        reason: `${JSON.stringify(value)} is not a label value: letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63 characters.`,
      },
    ];
  });
}

function checkAnnotations(annotations: unknown): CheckFailure[] {
  const failures = checkKeys("metadata.annotations", annotations, (property, value) =>
    typeof value === "string" ? [] : [{ property, reason: `${JSON.stringify(value)} is not a string.` }],
  );
  const bytes = annotationBytes(asProperties(annotations));
  if (bytes <= maximumAnnotationBytes) return failures;
  return [
    ...failures,
    { property: "metadata.annotations", reason: `${bytes} bytes in all; Kubernetes takes at most ${maximumAnnotationBytes}.` },
  ];
}

function annotationBytes(annotations: Properties): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
}

type CheckValue = (property: string, value: unknown) => CheckFailure[];

function checkKeys(property: string, map: unknown, checkValue: CheckValue): CheckFailure[] {
  if (map === undefined) return [];
  if (!isProperties(map)) return [{ property, reason: "Not a map of strings." }];
  return Object.entries(map).flatMap(([key, value]) => [
    ...checkKey(property, key),
    ...checkValue(`${property}[${JSON.stringify(key)}]`, value),
  ]);
}

function checkKey(property: string, key: string): CheckFailure[] {
  const slash = key.indexOf("/");
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && (prefix.length > 253 || !subdomain.test(prefix))) {
    return [
      { property, reason: `Key ${JSON.stringify(key)}: what stands before "/" must be a DNS subdomain such as "example.com".` },
    ];
  }
  if (name.length <= 63 && qualifiedName.test(name)) return [];
  return [
    {
      property,
      reason: `Key ${JSON.stringify(key)}: letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63 characters, after an optional prefix and "/".`,
    },
  ];
}
