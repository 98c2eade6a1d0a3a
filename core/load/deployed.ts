import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Deployed, DeployedAlert, DeployedSection } from "../model/deployed";
import type { Heading } from "../model/runbook";
import { loadAlertmanager, type DeployedAlerting } from "./deployed-alertmanager";
import { readDashboard } from "./deployed-dashboard";
import { durationOf } from "../model/duration";
import { plainTemplate } from "../model/placeholders";
import { secondsOf } from "./files/prometheus-configuration";
import { readMarkdown } from "./markdown";

const manifest = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  data: z.record(z.string(), z.string()).default({}),
  spec: z.unknown().optional(),
});
type Manifest = z.infer<typeof manifest>;

const ruleSpec = z.looseObject({
  groups: z.array(
    z.looseObject({
      rules: z.array(
        z.looseObject({
          alert: z.string().optional(),
          record: z.string().optional(),
          expr: z.string(),
          for: z.string().default(""),
          keep_firing_for: z.string().default(""),
          labels: z.record(z.string(), z.string()).default({}),
          annotations: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  ),
});
type Rule = z.infer<typeof ruleSpec>["groups"][number]["rules"][number];

/** Reads what lies in the folder of a stack on the embedded target: manifests, and Grafana's dashboards. */
export function loadDeployed(folder: string): Deployed {
  const manifests = filesIn(join(folder, "manifests"), ".yaml").map((text) => manifest.parse(parse(text)));
  const dashboards = [...manifests.flatMap(dashboardTexts), ...filesIn(join(folder, "grafana", "dashboards"), ".json")].map(
    readDashboard,
  );
  const sections = new Map(manifests.flatMap(sectionsOf));
  const panels = new Map(dashboards.flatMap((read) => read.panels));
  const rules = manifests
    .filter(({ kind }) => kind === "PrometheusRule")
    .flatMap(({ spec }) => ruleSpec.parse(spec).groups.flatMap((group) => group.rules));
  const alerting = manifests.map(alertingOf);
  return {
    alerts: new Map(
      rules.flatMap((rule) => (rule.alert === undefined ? [] : [[rule.alert, alertOf(rule, sections, panels)] as const])),
    ),
    recordingRules: new Map(rules.flatMap(({ record, expr }) => (record === undefined ? [] : [[record, expr] as const]))),
    dashboards: new Map(dashboards.map(({ uid, dashboard }) => [uid, dashboard])),
    panels,
    sections,
    inhibitions: new Set(alerting.flatMap(({ inhibitions }) => inhibitions)),
    receivers: new Map(alerting.flatMap(({ receivers }) => receivers)),
  };
}

function filesIn(folder: string, ending: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => readFileSync(join(folder, path), "utf8"));
}

function alertOf(rule: Rule, sections: Deployed["sections"], panels: Deployed["panels"]): DeployedAlert {
  const { summary = "", description = "", impact = description, runbook_url = "", dashboard_url = "" } = rule.annotations;
  return {
    expression: rule.expr,
    for: rule.for === "" ? "0s" : plainDuration(rule.for),
    keepFiringFor: plainDuration(rule.keep_firing_for),
    severity: rule.labels["severity"] ?? "none",
    condition: /^Fires when (.*?)(?: for \w+)?(?: \(now .*?\))?\. Seen on /s.exec(description)?.[1] ?? "",
    summary: plainTemplate(summary),
    impact: plainTemplate(impact),
    section: [...sections.keys()].find((key) => runbook_url.endsWith(`/${key}`)) ?? runbook_url,
    panel: panelAt(dashboard_url, panels) ?? dashboard_url,
  };
}

/** `1h30m` is `90m`. */
function plainDuration(text: string): string {
  return durationOf(secondsOf(text) ?? NaN) ?? text;
}

/** Whatever else the address says, such as a time range. */
function panelAt(address: string, panels: Deployed["panels"]): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { pathname, searchParams } = new URL(address);
  const key = `${pathname.split("/d/").at(-1) ?? ""}/${searchParams.get("viewPanel") ?? ""}`;
  return panels.has(key) ? key : undefined;
}

function sectionsOf({ kind, metadata, data }: Manifest): readonly (readonly [string, DeployedSection])[] {
  if (kind !== "ConfigMap") return [];
  const service = metadata.labels["app.kubernetes.io/name"] ?? metadata.name;
  return Object.entries(data).flatMap(([file, text]) => {
    if (!file.endsWith(".md")) return [];
    const lines = text.split("\n");
    const { headings } = readMarkdown(`${service}/${file}`, text);
    return headings.map((heading, index) => [
      `${service}/${file}#${heading.slug}`,
      { title: heading.title, text: lines.slice(heading.line, endOf(heading, headings[index + 1])).join("\n") },
    ]);
  });
}

/**
 * The last line of what is told of a heading: the document's own up to its first section, a section's with its subsections,
 * and of these none, because "Symptoms" alone says nothing.
 */
function endOf({ level, line, lastLine }: Heading, next: Heading | undefined): number {
  if (level > 2) return line;
  return level === 2 || !next ? lastLine : next.line - 1;
}

function dashboardTexts({ kind, data }: Manifest): readonly string[] {
  return kind === "ConfigMap" ? Object.entries(data).flatMap(([key, text]) => (key.endsWith(".json") ? [text] : [])) : [];
}

function alertingOf({ kind, spec, data }: Manifest): DeployedAlerting {
  const plain = data["alertmanager.yaml"];
  if (kind === "AlertmanagerConfig") return loadAlertmanager(spec);
  return plain === undefined ? { inhibitions: [], receivers: [] } : loadAlertmanager(parse(plain));
}
