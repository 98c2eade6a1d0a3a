import type { LoadedPanel } from "../../model/files/loaded";
import type { Panel } from "../../model/panel";
import type { Unit } from "../../model/unit";

/** How a panel is drawn, as far as it is declared. */
export type Look = Pick<Panel, "stacked" | "badBelow"> & { readonly view?: Panel["view"] };

/** Units as this project knows them, by Grafana's names. */
const units: Readonly<Record<string, Unit>> = {
  none: "short",
  short: "short",
  s: "s",
  percentunit: "percentunit",
  bytes: "bytes",
  binBps: "binBps",
  reqps: "reqps",
  cps: "cps",
};

/** The unit of a panel; undefined where its file gives none. */
export function unitOf({ unit }: LoadedPanel, say: (message: string) => void): Unit | undefined {
  if (unit === "") return undefined;
  const known = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (!known) say(`has the unit "${unit}", which this program does not know: it shows plain numbers.`);
  return known ?? "short";
}

const graphs = ["timeseries", "graph"];
const numbers = ["stat", "singlestat"];

/** How the panel is to be drawn; another kind than its own is said. */
export function lookOf({ type, isStacked, steps, mappings }: LoadedPanel, say: (message: string) => void): Look {
  if (mappings.includes("does not hold") && mappings.includes("holds")) return { view: "gate" };
  const isNumber = numbers.includes(type) || ["gauge", "bargauge", "table", "piechart"].includes(type);
  if (!graphs.includes(type) && !numbers.includes(type))
    say(`is of the type "${type}", and is drawn as ${isNumber ? "numbers" : "a graph"}.`);
  const badBelow = isNumber ? badBelowOf(steps) : undefined;
  return { ...(isNumber && { view: "stat" }), ...(isStacked && { stacked: true }), ...(badBelow && { badBelow }) };
}

/** Red, then orange, then green. */
function badBelowOf(steps: LoadedPanel["steps"]): Panel["badBelow"] {
  const [first, second, third] = steps;
  if (first?.color !== "red" || !second) return undefined;
  if (second.color === "orange" && third?.color === "green") return { red: second.from, orange: third.from };
  return second.color === "green" && steps.length === 2 ? { red: second.from } : undefined;
}
