import {
  BigValueColorMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  StackingConfigBuilder,
  StackingMode,
  type DataSourceRef,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold,
  type ValueMap,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { describeCondition, thresholdOf, type Alert } from "../model/alert";
import type { ModelIndex } from "../model/model";
import { panelNumber, type Panel, type PanelQuery } from "../model/panel";
import { grafanaUnit } from "../model/unit";
import { runbookUrl, type Links } from "./links";

/** Grafana's builder for either kind of panel. */
export type PanelBuilder = TimeseriesBuilder | StatBuilder;

/** A panel with its queries, its alerts' lines, and a description that says when they fire. */
export function renderPanel(panel: Panel, index: ModelIndex, links: Links, datasource: DataSourceRef): PanelBuilder {
  const alerts = index.alertsByPanel.get(panel) ?? [];
  const builder = visualization(panel, alerts);
  builder
    .id(panelNumber(panel.id))
    .title(panel.title)
    .description(describePanel(panel, alerts))
    .datasource(datasource)
    .unit(grafanaUnit(panel.unit))
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(panel.view === "gate" ? gateSteps : thresholdSteps(alerts, panel.limit?.value)),
    )
    .links(alerts.map((alert) => runbookLink(alert, links)));
  if (panel.unit !== "s") builder.min(0);
  Object.values<PanelQuery>(panel.queries).forEach(({ query, legend }, position) => {
    const refId = String.fromCharCode("A".charCodeAt(0) + position);
    builder.withTarget(new DataqueryBuilder().refId(refId).expr(query.expr).legendFormat(legend).range());
  });
  return builder;
}

function visualization(panel: Panel, alerts: readonly Alert[]): PanelBuilder {
  switch (panel.view) {
    case "stat":
      return new StatBuilder();
    case "gate":
      return new StatBuilder().mappings([gateMapping]).noValue("no data").colorMode(BigValueColorMode.Background);
    case "timeseries":
      return new TimeseriesBuilder()
        .lineWidth(2)
        .fillOpacity(panel.stacked ? 30 : 8)
        .stacking(new StackingConfigBuilder().mode(panel.stacked ? StackingMode.Normal : StackingMode.None))
        .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(lineStyle(panel, alerts)));
  }
}

/** No data is neither: a gate that cannot tell has not been passed. */
const gateSteps: Threshold[] = [
  { value: null, color: "red" },
  { value: 1, color: "green" },
];

const gateMapping: ValueMap = {
  type: MappingType.ValueToText,
  options: { "0": { text: "does not hold", color: "red" }, "1": { text: "holds", color: "green" } },
};

/** What the panel shows, and which alerts watch it: the sentences that a person reads on hover. */
export function describePanel(panel: Panel, alerts: readonly Alert[]): string {
  const watchers = alerts.map((alert) => `- **${alert.name}** (${alert.severity}) fires when ${describeCondition(alert)}.`);
  return [panel.shows, ...(watchers.length === 0 ? [] : ["", "Alerts on this panel:", ...watchers])].join("\n");
}

/**
 * The colors between the alerts' thresholds: those of an alert "above" begin at its threshold, those of an
 * alert "below" end there. A limit that no alert watches is a line of its own color.
 */
export function thresholdSteps(alerts: readonly Alert[], limit?: number): Threshold[] {
  if (limit !== undefined && alerts.length === 0) {
    return [
      { value: null, color: "green" },
      { value: limit, color: "purple" },
    ];
  }
  const numbers = alerts.map(thresholdOf).filter((number) => number !== undefined);
  const bounds = [...new Set(numbers)].sort((a, b) => a - b);
  const colorFrom = (bound: number): string => worst(alerts.filter((alert) => firesFrom(alert, bound)));
  return [
    { value: null, color: worst(alerts.filter(({ when }) => "below" in when)) },
    ...bounds.map((bound) => ({ value: bound, color: colorFrom(bound) })),
  ];
}

function firesFrom({ when }: Alert, bound: number): boolean {
  if ("above" in when) return when.above <= bound;
  return "below" in when && when.below > bound;
}

function worst(alerts: readonly Alert[]): string {
  if (alerts.some(({ severity }) => severity === "page")) return "red";
  return alerts.some(({ severity }) => severity === "warning") ? "orange" : "green";
}

function lineStyle(panel: Panel, alerts: readonly Alert[]): GraphThresholdsStyleMode {
  return panel.limit !== undefined || alerts.some((alert) => thresholdOf(alert) !== undefined)
    ? GraphThresholdsStyleMode.Dashed
    : GraphThresholdsStyleMode.Off;
}

function runbookLink(alert: Alert, links: Links): DashboardLinkBuilder {
  return new DashboardLinkBuilder(`${alert.name}: runbook`)
    .type(DashboardLinkType.Link)
    .url(runbookUrl(links, alert.runbook))
    .targetBlank(true);
}
