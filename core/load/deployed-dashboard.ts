import { z } from "zod";
import type { DeployedDashboard, DeployedPanel } from "../model/deployed";

const thresholds = z.looseObject({
  steps: z.array(z.looseObject({ value: z.number().nullable().default(null), color: z.string().default("") })).default([]),
});
const panelJson = z.looseObject({
  id: z.number().optional(),
  type: z.string(),
  title: z.string().default(""),
  description: z.string().default(""),
  options: z.unknown().optional(),
  fieldConfig: z
    .looseObject({ defaults: z.looseObject({ unit: z.string().default(""), thresholds: thresholds.optional() }) })
    .optional(),
  targets: z.array(z.looseObject({ expr: z.string().default("") })).default([]),
});
const dashboardJson = z.looseObject({
  uid: z.string(),
  title: z.string(),
  templating: z.looseObject({ list: z.array(z.looseObject({ name: z.string() })).default([]) }).default({ list: [] }),
  // A closed row holds its panels; those of an open one stand behind it.
  panels: z.array(panelJson.extend({ collapsed: z.boolean().default(false), panels: z.array(panelJson).default([]) })),
});
type PanelJson = z.infer<typeof panelJson>;

/** A dashboard and its panels, each by its key in {@link Deployed.panels}, as Grafana's JSON has them. */
export function readDashboard(text: string): {
  readonly uid: string;
  readonly dashboard: DeployedDashboard;
  readonly panels: readonly (readonly [key: string, panel: DeployedPanel])[];
} {
  const { uid, title, templating, panels } = dashboardJson.parse(JSON.parse(text));
  const rows = panels.filter(({ type }) => type === "row");
  return {
    uid,
    dashboard: {
      title,
      rows: rows.map((row) => (row.collapsed ? `${row.title} (closed)` : row.title)),
      choices: templating.list.map(({ name }) => name),
    },
    panels: panels
      .flatMap((panel) => [panel, ...panel.panels])
      .filter(({ type }) => type !== "row")
      .map((panel) => [`${uid}/${panel.id ?? 0}`, readPanel(panel, title)]),
  };
}

function readPanel({ type, title, description, options, fieldConfig, targets }: PanelJson, dashboard: string): DeployedPanel {
  return {
    title,
    dashboard,
    unit: fieldConfig?.defaults.unit ?? "",
    queries: targets.map(({ expr }) => withoutChoices(expr)),
    description: description.split(/\n\n(?:Alerts on this panel:|Not narrowed )/)[0] ?? "",
    bounds: (fieldConfig?.defaults.thresholds?.steps ?? []).map(({ value, color }) => ({ value, color })),
    look: JSON.stringify([type, options, fieldConfig], (key, value: unknown) => (toldElsewhere.has(key) ? undefined : value)),
  };
}

/** The unit by itself, and what follows from an alert's threshold by the alert. */
const toldElsewhere: ReadonlySet<string> = new Set(["unit", "thresholds", "thresholdsStyle", "axisSoftMax"]);

/** The query as its alerts evaluate it: what the reader of a dashboard chooses means nothing to them. */
function withoutChoices(expr: string): string {
  return expr.replace(/,?(namespace|instance)=~"\$\1"/g, "").replaceAll("{}", "");
}
