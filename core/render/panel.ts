import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphThresholdsStyleConfigBuilder,
  LegendDisplayMode,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  SpecialValueMatch,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { describeCondition, type Alert } from "../model/alert";
import type { ModelIndex } from "../model/model";
import { numberOf, type Panel, type PanelQuery } from "../model/panel";
import { withoutValues } from "../model/placeholders";
import { outputLabels } from "../model/promql-labels";
import { parsePromql } from "../model/promql-syntax";
import { decimalsOf, grafanaUnit } from "../model/unit";
import { datasource, type Choices } from "./dashboard-choices";
import { renderPanelLinks } from "./dashboard-links";
import type { ResolvedEnvironment } from "./environment";
import { axisReach, gateSteps, thresholdSteps, thresholdStyle } from "./thresholds";

/** Grafana's builder for either kind of panel. */
export type PanelBuilder = TimeseriesBuilder | StatBuilder;

/** What a panel is drawn from, beside itself. */
export interface PanelSurroundings {
  readonly index: ModelIndex;
  readonly environment: ResolvedEnvironment;
  /** Those of its dashboard. */
  readonly choices: Choices;
}

/** A panel with its queries, its alerts' lines, and a description that says when they fire. */
export function renderPanel(panel: Panel, { index, environment, choices }: PanelSurroundings): PanelBuilder {
  const alerts = index.alertsByPanel.get(panel) ?? [];
  const isGraph = panel.view === "timeseries";
  const builder = isGraph ? graph(panel, alerts, index) : stat(panel);
  builder
    .id(numberOf(panel))
    .title(panel.title)
    .description(describePanel(panel, alerts, choices))
    .datasource(datasource)
    .unit(grafanaUnit(panel.unit))
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps(panel.view === "gate" ? gateSteps : thresholdSteps(panel, alerts)),
    )
    .links([...renderPanelLinks(panel, index, environment)]);
  const decimals = decimalsOf(panel.unit);
  if (decimals !== undefined) builder.decimals(decimals);
  queriesOf(panel).forEach(({ query: { expr }, legend }, position) => {
    const target = new DataqueryBuilder().refId(refId(position)).expr(choices.narrow(expr)).legendFormat(legend);
    if (expr.includes("$__rate_interval")) target.interval(longestScrapeInterval);
    builder.withTarget(isGraph ? target.range() : target.instant());
  });
  return builder;
}

/**
 * Grafana takes four times this for `$__rate_interval`. Its own default is four times 15 s, in which a target that is
 * scraped every minute has a single sample and no rate.
 */
const longestScrapeInterval = "1m";

function graph(panel: Panel, alerts: readonly Alert[], index: ModelIndex): TimeseriesBuilder {
  const builder = new TimeseriesBuilder()
    .lineWidth(2)
    .fillOpacity(panel.stacked ? 30 : 8)
    .stacking(new StackingConfigBuilder().mode(panel.stacked ? StackingMode.Normal : StackingMode.None))
    // By name, an actor type or an instance has one color in all panels.
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(thresholdStyle(panel, alerts)))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(legend(isOneNumber(panel, index)));
  if (panel.unit !== "s") builder.min(0);
  const reach = axisReach(panel, alerts);
  return reach === undefined ? builder : builder.axisSoftMax(reach);
}

/** What is worst now stands first. One curve without a label is named by the title. */
function legend(isHidden: boolean): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(!isHidden)
    .displayMode(LegendDisplayMode.Table)
    .calcs(["lastNotNull", "max"])
    .sortBy("Last *")
    .sortDesc(true);
}

/** The number at the end of the time range. Where there is none it says so: an earlier one would pass for the current. */
function stat(panel: Panel): StatBuilder {
  const isGate = panel.view === "gate";
  return new StatBuilder()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false))
    .graphMode(BigValueGraphMode.None)
    .colorMode(isGate ? BigValueColorMode.Background : BigValueColorMode.Value)
    .textMode(isGate ? BigValueTextMode.Value : BigValueTextMode.ValueAndName)
    .noValue(noData.text)
    .mappings([noDataMapping, ...(isGate ? [gateMapping] : [])]);
}

const noData = { text: "no data", color: "#808080" };

/** Without it, Grafana gives "no data" the color of the lowest number. */
const noDataMapping: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: noData },
};

const gateMapping: ValueMapping = {
  type: MappingType.ValueToText,
  options: { "0": { text: "does not hold", color: "red" }, "1": { text: "holds", color: "green" } },
};

/** What the panel shows, and which alerts watch it: the sentences that a person reads on hover. */
export function describePanel(panel: Panel, alerts: readonly Alert[], { narrows, narrowsBy, narrow }: Choices): string {
  const watchers = alerts.map(
    (alert) => `- **${alert.name}** (${alert.severity}) fires when ${withoutValues(describeCondition(alert))}.`,
  );
  const isWhole = narrows && queriesOf(panel).every(({ query: { expr } }) => narrow(expr) === expr);
  return [
    panel.description,
    ...(watchers.length === 0 ? [] : ["", "Alerts on this panel:", ...watchers]),
    ...(isWhole ? ["", `Not narrowed by ${narrowsBy} chosen above.`] : []),
  ].join("\n");
}

function isOneNumber(panel: Panel, { labelsOf }: ModelIndex): boolean {
  const [only, ...others] = queriesOf(panel);
  const tree = only && others.length === 0 ? parsePromql(only.query.expr) : undefined;
  return tree !== undefined && outputLabels(tree, labelsOf, "by some")?.size === 0;
}

function queriesOf(panel: Panel): readonly PanelQuery[] {
  return Object.values<PanelQuery>(panel.queries);
}

function refId(position: number): string {
  return String.fromCharCode("A".charCodeAt(0) + position);
}
