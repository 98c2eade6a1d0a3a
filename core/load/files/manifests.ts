import type { LoadedContainer, LoadedObject, LoadedWorkload } from "../../model/files/cluster";
import { below } from "../../model/files/place";
import type { Document } from "./documents";
import { isMap, listOf, mapOf, textOf, textOr, textsOf } from "./shape";

const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicaSet"];

/** The documents of a List, each by itself. */
export function withoutLists(document: Document): readonly Document[] {
  const { kind, items } = mapOf(document.value);
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return [document];
  return items.map((value: unknown, index) => ({ value, at: below(document.at, "items", index) }));
}

/** A Kubernetes object; undefined where the document is none. */
export function readObject(file: string, { value, at }: Document): LoadedObject | undefined {
  const top = mapOf(value);
  const { kind, apiVersion } = top;
  const metadata = mapOf(top["metadata"]);
  const name = textOr(metadata["name"]);
  if (typeof kind !== "string" || apiVersion === undefined || name === "") return undefined;
  const namespace = textOf(metadata["namespace"]);
  const data = Object.keys(mapOf(top["data"]));
  return {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    labels: textsOf(metadata["labels"]),
    ports: [
      ...portsOf(mapOf(top["spec"])["ports"]).map(({ number }) => number),
      ...containersOf(top).flatMap(({ ports }) => ports.map(({ number }) => number)),
    ],
    holdsDashboard:
      kind === "ConfigMap" &&
      data.some((key) => key.endsWith(".json")) &&
      Object.values(mapOf(top["data"])).some((text) => /"panels"\s*:/.test(textOr(text))),
    mayMakeWorkloads:
      textOr(apiVersion).includes(".") && !/(^|\.)k8s\.io\//.test(textOr(apiVersion)) && !makesNone.includes(kind),
    subject: { file, name, at },
  };
}

/** Custom objects that only configure something. */
const makesNone = [
  "PrometheusRule",
  "ServiceMonitor",
  "PodMonitor",
  "Probe",
  "AlertmanagerConfig",
  "ScrapeConfig",
  "Certificate",
  "Issuer",
];

/** A workload; undefined where the document is none. */
export function readWorkload(file: string, document: Document): LoadedWorkload | undefined {
  const object = readObject(file, document);
  if (!object || !workloadKinds.includes(object.kind)) return undefined;
  const top = mapOf(document.value);
  const { replicas } = mapOf(top["spec"]);
  return {
    kind: object.kind,
    name: object.name,
    ...(object.namespace !== undefined && { namespace: object.namespace }),
    ...(typeof replicas === "number" && { replicas }),
    containers: containersOf(top),
    subject: object.subject,
  };
}

function containersOf(top: Readonly<Record<string, unknown>>): readonly LoadedContainer[] {
  const spec = mapOf(top["spec"]);
  const template = isMap(spec["jobTemplate"])
    ? mapOf(mapOf(mapOf(spec["jobTemplate"])["spec"])["template"])
    : mapOf(spec["template"]);
  const pod = top["kind"] === "Pod" ? spec : mapOf(template["spec"]);
  return [...listOf(pod["containers"]), ...listOf(pod["initContainers"])].map((container) => {
    const { name, resources, ports } = mapOf(container);
    const limits = mapOf(mapOf(resources)["limits"]);
    const cpu = quantity(textOf(limits["cpu"]));
    const memory = quantity(textOf(limits["memory"]));
    return {
      name: textOr(name),
      ...(cpu !== undefined && { cpu }),
      ...(memory !== undefined && { memory }),
      ports: portsOf(ports),
    };
  });
}

function portsOf(ports: unknown): LoadedContainer["ports"] {
  return listOf(ports).flatMap((port) => {
    const { name, containerPort, port: number } = mapOf(port);
    const found = typeof containerPort === "number" ? containerPort : number;
    return typeof found === "number" ? [{ number: found, ...(typeof name === "string" && { name }) }] : [];
  });
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

function quantity(text: string | undefined): number | undefined {
  const found = /^(\d*\.?\d+)([a-zA-Z]*)$/.exec(text ?? "");
  if (!found) return undefined;
  const [, number, unit = ""] = found;
  const factor = unit === "" ? 1 : units[unit];
  return factor === undefined ? undefined : Number(number) * factor;
}
