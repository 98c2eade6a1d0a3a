import { changeKinds, type Change } from "../../core/model/change";
import { groupBy } from "../../core/model/group-by";
import { severities } from "../../core/model/alert";
import { cell, code } from "./markdown-text";
import type { NewService } from "./new-services";

/** "20 alerts, 1 dashboard": a thing that changes in two ways counts once. */
export function countThings(changes: readonly Change[]): string {
  return changeKinds
    .map((kind) => [kind, new Set(changes.filter((change) => change.kind === kind).map(({ name }) => name)).size] as const)
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => `${number} ${kind}${number === 1 ? "" : "s"}`)
    .join(", ");
}

/** What comes with a new service: how much of what, its alerts by severity, where to look, and who depends on whom. */
export function renderNewService(
  { id, dependsOn, neededBy }: NewService,
  added: readonly Change[],
  link: (change: Change) => string,
): string {
  const of = (kind: Change["kind"]): readonly Change[] => added.filter((change) => change.kind === kind);
  const bySeverity = groupBy(of("alert"), ({ severity = "" }) => severity);
  const known = [...severities, ...[...bySeverity.keys()].filter((one) => !severities.some((severity) => severity === one))];
  const alerts = known.flatMap((severity) => {
    const those = bySeverity.get(severity) ?? [];
    return those.length === 0 ? [] : [`| ${cell(severity)} | ${those.map(link).join(", ")} |`];
  });
  const objectives = of("objective").map(({ name, after = "" }) => `${code(name)}: ${cell(after)}`);
  const lines = [
    ["Dashboards", of("dashboard").map(link)],
    ["Objectives", objectives],
    ["Depends on", dependsOn.map(code)],
    ["Needed by", neededBy.map(code)],
  ] as const;
  return [
    `**New: ${cell(id)}.** ${countThings(added)}.`,
    ...(alerts.length === 0 ? [] : ["", "| severity | alerts |", "|---|---|", ...alerts]),
    "",
    ...lines.map(([title, all]) => `- ${title}: ${all.length === 0 ? "none" : all.join(", ")}`),
  ].join("\n");
}

/** A diff without the documents of new services, of which every line would be new. */
export function withoutNewDocuments(diff: string, services: readonly NewService[]): string {
  if (services.length === 0) return diff;
  const isOfNew = (chunk: string): boolean => {
    const path = /^--- \/dev\/null\n\+\+\+ (.*)/.exec(chunk)?.[1];
    return path !== undefined && services.some(({ id }) => new RegExp(`(^|[/._-])${id}[-.]`).test(path));
  };
  return diff
    .split(/^(?=--- (?:\/dev\/null|before\/))/m)
    .filter((chunk) => !isOfNew(chunk))
    .join("")
    .trimEnd();
}
