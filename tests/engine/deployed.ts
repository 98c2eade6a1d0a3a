import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { readMarkdown } from "../../core/load/markdown";

const manifest = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  data: z.record(z.string(), z.string()).optional(),
  spec: z.unknown().optional(),
});
type Manifest = z.infer<typeof manifest>;

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ alert: z.string().optional(), annotations: z.record(z.string(), z.string()).optional() })),
    }),
  ),
});
const panelJson = z.object({ id: z.number().optional() });
const dashboardJson = z.object({
  uid: z.string(),
  panels: z.array(panelJson.extend({ panels: z.array(panelJson).default([]) })),
});

/** Everything that lies in a folder, by path. */
export function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return [...readdirSync(folder, { recursive: true, withFileTypes: true })]
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The Kubernetes objects that are deployed. */
export function manifestsIn(deployed: string): readonly Manifest[] {
  return filesIn(join(deployed, "manifests")).map((file) => manifest.parse(parse(readFileSync(file, "utf8"))));
}

/** The alerts that are deployed and lead to something that is not: none, at any moment. */
export function brokenLinks(deployed: string): readonly string[] {
  return leadingNowhere(
    deployed,
    manifestsIn(deployed)
      .filter(({ kind }) => kind === "PrometheusRule")
      .flatMap(({ spec }) => rules.parse(spec).groups.flatMap((group) => group.rules))
      .flatMap(({ alert, annotations = {} }) => (alert === undefined ? [] : [{ alert, annotations }])),
  );
}

/** An alert as somebody reads it who follows its links. */
export interface LinkedAlert {
  readonly alert: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The links of these alerts that lead to no section of a deployed runbook, or to no panel of a deployed dashboard. */
export function leadingNowhere(deployed: string, alerts: readonly LinkedAlert[]): readonly string[] {
  const manifests = manifestsIn(deployed);
  const sections = new Set(
    manifests.flatMap(({ kind, metadata, data = {} }) =>
      kind === "ConfigMap" && metadata.name.endsWith("-runbooks")
        ? Object.entries(data).flatMap(([file, text]) =>
            readMarkdown(file, text).headings.map(({ slug }) => `/${metadata.name.split("-").at(-2) ?? ""}/${file}#${slug}`),
          )
        : [],
    ),
  );
  const panels = new Set(
    dashboards(deployed, manifests).flatMap(({ uid, panels: drawn }) =>
      drawn.flatMap((panel) => [panel, ...panel.panels]).map(({ id }) => `/d/${uid} ${id ?? ""}`),
    ),
  );
  return alerts.flatMap(({ alert, annotations }) => {
    const runbook = annotations["runbook_url"] ?? "";
    const dashboard = annotations["dashboard_url"] ?? "";
    return [
      ...([...sections].some((section) => runbook.endsWith(section)) ? [] : [`${alert} -> ${runbook}`]),
      ...(panels.has(panelOf(dashboard)) ? [] : [`${alert} -> ${dashboard}`]),
    ];
  });
}

function panelOf(address: string): string {
  if (!URL.canParse(address)) return "";
  const { pathname, searchParams } = new URL(address);
  return `${pathname} ${searchParams.get("viewPanel") ?? ""}`;
}

/** The names of the alerts that are deployed. */
export function deployedAlerts(deployed: string): readonly string[] {
  return manifestsIn(deployed)
    .filter(({ kind }) => kind === "PrometheusRule")
    .flatMap(({ spec }) =>
      rules.parse(spec).groups.flatMap((group) => group.rules.flatMap(({ alert }) => (alert === undefined ? [] : [alert]))),
    );
}

function dashboards(deployed: string, manifests: readonly Manifest[]): readonly z.infer<typeof dashboardJson>[] {
  const inConfigMaps = manifests.flatMap(({ data = {} }) =>
    Object.entries(data).flatMap(([key, text]) => (key.endsWith(".json") ? [text] : [])),
  );
  const inGrafana = filesIn(join(deployed, "grafana", "dashboards"))
    .filter((file) => file.endsWith(".json"))
    .map((file) => readFileSync(file, "utf8"));
  return [...inConfigMaps, ...inGrafana].map((text) => dashboardJson.parse(JSON.parse(text)));
}
