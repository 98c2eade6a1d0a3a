import { z } from "zod";
import { describeObjective } from "../../../core/model/slo";
import type { ChangeKind, ResourceChange } from "./engine-events";

const serviceSchema = z.object({
  alerts: z.number(),
  recordingRules: z.number(),
  dashboards: z.record(z.string(), z.string()),
  runbooks: z.array(z.string()),
});
const servicesSchema = z.record(z.string(), serviceSchema);
type Service = z.infer<typeof serviceSchema>;

const verbs: Readonly<Record<Exclude<ChangeKind, "unchanged">, string>> = {
  created: "create",
  updated: "update",
  replaced: "replace",
  deleted: "delete",
};
const mostNames = 20;

/** What is deployed, a line a service: from the stack's output `services`. Nothing for a program without that output. */
export function describeServices(outputs: Readonly<Record<string, unknown>>): string[] {
  const parsed = servicesSchema.safeParse(outputs["services"]);
  if (!parsed.success) return [];
  const services = Object.entries(parsed.data);
  const width = Math.max(...services.map(([id]) => id.length), "total".length);
  const lines = services.map(([id, service]) => `  ${id.padEnd(width)}  ${describeCounts([service])}`);
  return services.length < 2
    ? lines
    : [...lines, `  ${"total".padEnd(width)}  ${describeCounts(services.map(([, service]) => service))}`];
}

/** What changed, a line a resource; `isPreview` says it of the future. */
export function describeChanges(changes: readonly ResourceChange[], isPreview = false): string[] {
  const kinds: Exclude<ChangeKind, "unchanged">[] = ["created", "updated", "replaced", "deleted"];
  const lines = kinds.flatMap((kind) => describeKind(isPreview ? verbs[kind] : kind, namesOf(changes, kind)));
  const unchanged = namesOf(changes, "unchanged").length;
  if (lines.length === 0) return ["  nothing to change"];
  return unchanged === 0 ? lines : [...lines, `  ${unchanged} unchanged`];
}

function namesOf(changes: readonly ResourceChange[], kind: ChangeKind): string[] {
  return changes
    .filter((change) => change.kind === kind)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
}

function describeKind(verb: string, names: readonly string[]): string[] {
  const shown = names.slice(0, mostNames).map((name) => `  ${verb.padEnd(8)} ${name}`);
  const rest = names.length - shown.length;
  return rest > 0 ? [...shown, `  ${verb.padEnd(8)} and ${rest} more`] : shown;
}

function describeCounts(services: readonly Service[]): string {
  const recordingRules = sum(services.map((service) => service.recordingRules));
  const alerts = sum(services.map((service) => service.alerts));
  return [
    count(recordingRules + alerts, "rule"),
    count(alerts, "alert"),
    count(sum(services.map((service) => Object.keys(service.dashboards).length)), "dashboard"),
    count(sum(services.map((service) => service.runbooks.length)), "runbook"),
  ].join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const objectivesSchema = z.record(
  z.string(),
  z.object({ objective: z.number(), thresholdSeconds: z.number().optional(), touches: z.array(z.string()) }),
);

/** The objectives that a deployment tightens or loosens, and whom each change touches. */
export function describeObjectives(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const [old, now] = [before, after].map((outputs) => objectivesSchema.safeParse(outputs["objectives"]).data ?? {});
  return Object.entries(now ?? {}).flatMap(([id, deployed]) => {
    const { touches } = deployed;
    const before = old?.[id];
    const [was, objective] = [before && describeObjective(before), describeObjective(deployed)];
    if (was === undefined || was === objective) return [];
    return [`  ${id}: ${was} -> ${objective}${touches.length === 0 ? "" : `; touches ${touches.join(", ")}`}`];
  });
}
