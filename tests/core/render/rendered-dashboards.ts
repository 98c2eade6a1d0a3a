import { z } from "zod";
import { indexOf, type Model } from "../../../core/model/model";
import { panelsOf, type Dashboard, type Panel } from "../../../core/model/panel";
import type { Service } from "../../../core/model/service";
import { renderDashboard } from "../../../core/render/dashboard";
import type { ResolvedEnvironment } from "../../../core/render/environment";
import { environment } from "./environment";

const link = z.object({
  title: z.string(),
  type: z.enum(["link", "dashboards"]),
  url: z.string().default(""),
  tags: z.array(z.string()),
  asDropdown: z.boolean(),
  keepTime: z.boolean(),
});
const step = z.object({ value: z.number().nullable(), color: z.string() });
const mapping = z.object({ type: z.string(), options: z.record(z.string(), z.unknown()) });
const panelJson = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().default(""),
  datasource: z.object({ type: z.string(), uid: z.string() }).optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  links: z.array(link).default([]),
  targets: z
    .array(
      z.object({
        refId: z.string(),
        expr: z.string(),
        legendFormat: z.string(),
        instant: z.boolean().default(false),
        range: z.boolean().default(false),
        interval: z.string().default(""),
      }),
    )
    .default([]),
  options: z
    .object({
      legend: z
        .object({
          showLegend: z.boolean(),
          displayMode: z.string(),
          calcs: z.array(z.string()),
          sortBy: z.string().optional(),
          sortDesc: z.boolean().optional(),
        })
        .optional(),
      tooltip: z.object({ mode: z.string(), sort: z.string() }).optional(),
      reduceOptions: z.object({ calcs: z.array(z.string()) }).optional(),
      graphMode: z.string().optional(),
      colorMode: z.string().optional(),
    })
    .default({}),
  fieldConfig: z
    .object({
      defaults: z.object({
        unit: z.string().optional(),
        decimals: z.number().optional(),
        min: z.number().optional(),
        noValue: z.string().optional(),
        mappings: z.array(mapping).default([]),
        thresholds: z.object({ mode: z.string(), steps: z.array(step) }),
        color: z.object({ mode: z.string() }).optional(),
        custom: z
          .object({ axisSoftMax: z.number().optional(), thresholdsStyle: z.object({ mode: z.string() }).optional() })
          .default({}),
      }),
    })
    .optional(),
});
const dashboardJson = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string(),
  editable: z.boolean(),
  tags: z.array(z.string()),
  graphTooltip: z.number(),
  refresh: z.string(),
  timezone: z.string(),
  links: z.array(link),
  templating: z.object({
    list: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        query: z.string(),
        multi: z.boolean(),
        includeAll: z.boolean(),
        allValue: z.string().optional(),
        current: z.object({ text: z.unknown(), value: z.unknown() }).optional(),
      }),
    ),
  }),
  annotations: z.object({
    list: z.array(z.object({ name: z.string(), enable: z.boolean(), iconColor: z.string(), expr: z.string() })).default([]),
  }),
  panels: z.array(panelJson.extend({ collapsed: z.boolean().default(false), panels: z.array(panelJson).default([]) })),
});

/** A panel as Grafana reads it. */
export type PanelJson = z.infer<typeof panelJson>;

/** A dashboard as Grafana reads it. */
export type DashboardJson = z.infer<typeof dashboardJson>;

/** A dashboard as it is declared and as Grafana reads it. */
export interface Rendered {
  readonly service: Service;
  readonly dashboard: Dashboard;
  /** As it is written, with whatever the schema above leaves out. */
  readonly text: string;
  readonly json: DashboardJson;
}

/** A row's title line, and the panels that stand under it, whether it is open or not. */
export interface RowJson {
  readonly title: string;
  readonly isOpen: boolean;
  readonly panels: readonly PanelJson[];
}

/** One dashboard, rendered. */
export function rendered(
  dashboard: Dashboard,
  service: Service,
  model: Model,
  target: ResolvedEnvironment = environment,
): Rendered {
  const text = renderDashboard(dashboard, service, indexOf(model), target);
  return { service, dashboard, text, json: dashboardJson.parse(JSON.parse(text)) };
}

/** Every dashboard of every service. */
export function allRendered(model: Model): readonly Rendered[] {
  return model.services.flatMap((service) => service.dashboards.map((dashboard) => rendered(dashboard, service, model)));
}

/** The rows with their panels: those of an open one stand behind it, those of a closed one in it. */
export function rowsOf({ panels }: DashboardJson): readonly RowJson[] {
  const starts = panels.flatMap(({ type }, position) => (type === "row" ? [position] : []));
  return starts.map((start, number) => {
    const row = panels[start];
    const behind = panels.slice(start + 1, starts[number + 1]);
    return { title: row?.title ?? "", isOpen: row?.collapsed === false, panels: [...(row?.panels ?? []), ...behind] };
  });
}

/** Each panel as it is declared and as Grafana reads it. */
export function panelPairs({ dashboard, json }: Rendered): readonly (readonly [declared: Panel, shown: PanelJson])[] {
  const shown = rowsOf(json).flatMap(({ panels }) => panels);
  return panelsOf(dashboard).map((declared) => {
    const found = shown.filter(({ title }) => title === declared.title);
    if (found.length !== 1 || !found[0]) throw new Error(`${dashboard.uid} shows "${declared.title}" ${found.length} times.`);
    return [declared, found[0]];
  });
}
