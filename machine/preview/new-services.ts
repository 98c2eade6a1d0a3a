import { z } from "zod";
import type { Change } from "../../core/model/change";
import type { Snapshot } from "./compare";

/** A service of which the base has deployed nothing: a reviewer wants to know what comes, not how it differs from nothing. */
export interface NewService {
  readonly id: string;
  /** The ids of those that it depends on, and of those that depend on it. */
  readonly dependsOn: readonly string[];
  readonly neededBy: readonly string[];
}

const services = z.record(z.string(), z.object({ dashboards: z.record(z.string(), z.unknown()) }));
const dependencies = z.record(z.string(), z.array(z.string()));

/** The services that are new, from the outputs of the stack; none where the base has deployed nothing at all. */
export function newServicesOf(before: Snapshot, after: Snapshot): readonly NewService[] {
  const was = Object.keys(services.safeParse(before.outputs["services"]).data ?? {});
  if (was.length === 0) return [];
  const now = Object.keys(services.safeParse(after.outputs["services"]).data ?? {});
  const all = dependencies.safeParse(after.outputs["dependencies"]).data ?? {};
  return now
    .filter((id) => !was.includes(id))
    .map((id) => ({
      id,
      dependsOn: all[id] ?? [],
      neededBy: Object.keys(all).filter((other) => all[other]?.includes(id)),
    }));
}

/** The changes, those that are part of a new service marked with it. */
export function markNew(changes: readonly Change[], after: Snapshot, fresh: readonly NewService[]): readonly Change[] {
  const shown = services.safeParse(after.outputs["services"]).data ?? {};
  const owners = fresh.map(({ id }): readonly [string, (change: Change) => boolean] => [
    id,
    ownedBy(id, after, Object.keys(shown[id]?.dashboards ?? {})),
  ]);
  return changes.map((change) => {
    const [newService] = change.action === "added" ? (owners.find(([, owns]) => owns(change)) ?? []) : [];
    return newService === undefined ? change : { ...change, newService };
  });
}

function ownedBy(id: string, { deployed }: Snapshot, dashboards: readonly string[]): (change: Change) => boolean {
  const alerts = new Set([...deployed.alerts].filter(([, { section }]) => section.startsWith(`${id}/`)).map(([name]) => name));
  return ({ kind, name, key = name }) => {
    switch (kind) {
      case "alert":
        return alerts.has(name);
      case "runbook section":
        return key.startsWith(`${id}/`);
      case "inhibition":
        return name.split(/\W+/).some((word) => alerts.has(word));
      case "objective":
        return name.startsWith(`${id}-`);
      case "recording rule":
        return new RegExp(`(^|:)${id}[_:]`).test(name);
      case "dashboard":
        return dashboards.includes(key);
      case "panel":
        return dashboards.includes(key.split("/")[0] ?? "");
      default:
        return false;
    }
  };
}
