import { posix } from "node:path";
import { knownMetrics } from "../../model/files/series";
import type { LoadedMetric } from "../../model/files/catalog";
import type { LoadedDashboard, LoadedRule } from "../../model/files/loaded";
import { runbookLink } from "../../model/files/runbook-link";
import type { Model } from "../../model/model";
import { parsePromql, walk } from "../../model/promql-syntax";
import { runbookFile, type RunbookDocument } from "../../model/runbook";
import { kebabCase } from "./names";

/** What of a team's files is of one service. */
export interface Belongings {
  readonly rules: readonly LoadedRule[];
  readonly dashboards: readonly LoadedDashboard[];
  readonly metrics: readonly LoadedMetric[];
  readonly runbooks: readonly RunbookDocument[];
}

/** The services that a team's files tell of: by the label `service` of rules and by how metrics begin; where nothing says so, by files and groups. */
export function servicesIn({ files }: Model): readonly string[] {
  if (!files) return [];
  const said = [
    ...files.rules.flatMap(({ labels }) => labels["service"] ?? []),
    ...files.families
      .filter(({ prefix, isComplete }) => isComplete && prefix.endsWith("_"))
      .map(({ prefix }) => prefix.slice(0, -1)),
  ];
  const named = [
    ...files.rules.flatMap(({ group, subject }) => [group, baseName(subject.file)]),
    ...files.dashboards.map(({ subject }) => baseName(subject.file)),
  ];
  return [...new Set((said.length > 0 ? said : named).map((name) => kebabCase(name, "service")))].sort();
}

/** What belongs to the service of this id. A rule's label `service` says so; then the name of its group or file; then its metrics. */
export function belongingsOf(id: string, { files, runbooks }: Model): Belongings {
  if (!files) return { rules: [], dashboards: [], metrics: [], runbooks: [] };
  const prefix = prefixOf(id);
  // What a scrape knows, such as kube_, is used by all; code and catalogs are a service's own.
  const others = files.families.filter((family) => family.isComplete && family.prefix !== prefix).map((family) => family.prefix);
  const isOf = (exprs: readonly string[]): boolean => {
    const metrics = exprs.flatMap(namesIn).map((name) => name.replace(/^[^:]*:/, ""));
    return (
      metrics.some((name) => name.startsWith(prefix)) && !metrics.some((name) => others.some((other) => name.startsWith(other)))
    );
  };
  const rules = files.rules.filter(({ labels, group, subject, expr }) => {
    const { service } = labels;
    if (service !== undefined) return kebabCase(service, "service") === id;
    return isNamed(subject.file, id) || isOfService(group, id) || isOf([expr]);
  });
  const catalogs = new Set(files.metrics.map(({ subject }) => subject.file));
  const linked = new Set(rules.flatMap((rule) => runbookLink(rule, files)?.path ?? []));
  return {
    rules,
    dashboards: files.dashboards.filter(
      ({ uid, subject, panels }) =>
        isNamed(subject.file, id) ||
        isOfService(uid, id) ||
        isOf(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))),
    ),
    metrics: knownMetrics(files).filter(({ name }) => name.startsWith(prefix)),
    runbooks: runbooks.filter(
      (document) =>
        linked.has(document.path) ||
        linked.has(runbookFile(document)) ||
        (isNamed(document.path, id) && !catalogs.has(runbookFile(document))),
    ),
  };
}

/** How the metrics of a service begin. */
export function prefixOf(id: string): string {
  return `${id.replaceAll("-", "_")}_`;
}

/** The names of the series that a query selects. */
export function namesIn(expr: string): readonly string[] {
  const tree = parsePromql(expr);
  // A panel's variables may stand where PromQL has a label or a duration.
  if (!tree) return [...expr.replace(/"(?:\\.|[^"\\])*"/g, "").matchAll(/[A-Za-z_:][\w:]*_[\w:]*/g)].map(([name]) => name);
  return [...walk(tree)].flatMap((node) => (node.type === "selector" && node.metric !== "" ? [node.metric] : []));
}

function isNamed(path: string, id: string): boolean {
  return (
    isOfService(baseName(path), id) ||
    posix
      .dirname(path)
      .split("/")
      .some((folder) => kebabCase(folder, "") === id)
  );
}

/** Whether a name begins with the words of the service's id. */
export function isOfService(name: string, id: string): boolean {
  const words = kebabCase(name, "");
  return words === id || words.startsWith(`${id}-`);
}

function baseName(path: string): string {
  return posix.basename(path).replace(/\.[^.]+$/, "");
}
