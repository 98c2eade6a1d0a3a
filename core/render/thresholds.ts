import { GraphThresholdsStyleMode } from "@grafana/grafana-foundation-sdk/common";
import type { Threshold } from "@grafana/grafana-foundation-sdk/dashboard";
import { thresholdOf, type Alert } from "../model/alert";
import type { Panel } from "../model/panel";

/** Numbers from a bound upwards, or those below it, and what they are colored. */
type Band = { readonly color: Color } & ({ readonly from: number } | { readonly below: number });
type Color = (typeof worstFirst)[number];

const worstFirst = ["red", "orange", "purple"] as const;

/** A gate that does not hold is red. That it cannot tell is a mapping's: a threshold has no color for it. */
export const gateSteps: Threshold[] = [
  { value: null, color: "red" },
  { value: 1, color: "green" },
];

/**
 * The colors of a panel's numbers: those of an alert "above" begin at its threshold, those of an alert "below" end
 * there. What is good is green in a stat and uncolored in a graph, where Grafana then draws each line in the color of
 * its bad side. A stat that cannot be bad has no color: green would be a promise.
 */
export function thresholdSteps(panel: Pick<Panel, "view" | "limit" | "badBelow">, alerts: readonly Alert[]): Threshold[] {
  const bands = bandsOf(panel, alerts);
  const bounds = [...new Set(bands.map(boundOf))].sort((a, b) => a - b);
  const good = panel.view === "timeseries" ? "transparent" : bands.length > 0 ? "green" : "text";
  const worst = (covers: (band: Band) => boolean): string =>
    worstFirst.find((color) => bands.some((band) => band.color === color && covers(band))) ?? good;
  return [
    { value: null, color: worst((band) => "below" in band) },
    ...bounds.map((bound) => ({
      value: bound,
      color: worst((band) => ("from" in band ? band.from <= bound : band.below > bound)),
    })),
  ];
}

/**
 * Lines at the bounds, and the bad side shaded: so they can be told apart without their colors. Where everything above 0
 * is bad there is the line alone, or a graph would be red all over on a good day.
 */
export function thresholdStyle(panel: Panel, alerts: readonly Alert[]): GraphThresholdsStyleMode {
  const bands = bandsOf(panel, alerts);
  if (bands.length === 0) return GraphThresholdsStyleMode.Off;
  return bands.some((band) => "from" in band && band.from <= 0)
    ? GraphThresholdsStyleMode.Dashed
    : GraphThresholdsStyleMode.DashedAndArea;
}

/** How far a graph's axis reaches at least, so that its nearest line is in sight on a good day, a little below the top. */
export function axisReach(panel: Panel, alerts: readonly Alert[]): number | undefined {
  const bounds = bandsOf(panel, alerts).map(boundOf);
  if (bounds.length === 0) return undefined;
  const nearest = Math.min(...bounds);
  return nearest > 0 ? nearest * 1.2 : 1;
}

/** A limit is marked only where no alert's threshold is. */
function bandsOf({ limit, badBelow }: Pick<Panel, "limit" | "badBelow">, alerts: readonly Alert[]): readonly Band[] {
  const watched = alerts.flatMap((alert): readonly Band[] => {
    const bound = thresholdOf(alert);
    if (bound === undefined || alert.severity === "info") return [];
    const color = alert.severity === "page" ? "red" : "orange";
    return ["above" in alert.when ? { color, from: bound } : { color, below: bound }];
  });
  return [
    ...watched,
    ...(badBelow ? [{ color: "red", below: badBelow.red } as const] : []),
    ...(badBelow?.orange === undefined ? [] : [{ color: "orange", below: badBelow.orange } as const]),
    ...(limit && alerts.length === 0 ? [{ color: "purple", from: limit.value } as const] : []),
  ];
}

function boundOf(band: Band): number {
  return "from" in band ? band.from : band.below;
}
