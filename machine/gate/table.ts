import { createColors } from "picocolors";
import { describeLimit, isWithin } from "../../core/model/rollout";
import type { GateResult, Verdict } from "./evaluate";

type Column = (result: GateResult) => string;

const columns: readonly (readonly [title: string, column: Column])[] = [
  ["VERDICT", ({ verdict }) => verdict],
  ["GATE", ({ name }) => name],
  ["TITLE", ({ gate }) => gate.title],
  ["VALUE", valueOf],
  ["MUST BE", ({ gate }) => describeLimit(gate.holds)],
];

/** One line a gate, under a line of titles. */
export function renderTable(results: readonly GateResult[], isColored: boolean): readonly string[] {
  const widths = columns.map(([title, column]) => Math.max(title.length, ...results.map((result) => column(result).length)));
  const align = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    align(columns.map(([title]) => title)),
    ...results.map((result) => paint(align(columns.map(([, column]) => column(result))), result.verdict, isColored)),
  ];
}

function paint(line: string, verdict: Verdict, isColored: boolean): string {
  const colors = createColors(isColored);
  const color = { holds: colors.green, "does not hold": colors.red, "cannot tell": colors.yellow }[verdict];
  return color(line.slice(0, verdict.length)) + line.slice(verdict.length);
}

/** The number, rounded to six digits unless that would move it across the limit; a dash when there is none. */
export function valueOf({ answer, gate }: GateResult): string {
  if ("unknown" in answer) return "-";
  const rounded = Number(answer.value.toPrecision(6));
  return String(isWithin(rounded, gate.holds) === isWithin(answer.value, gate.holds) ? rounded : answer.value);
}

/** For each gate that is not open: what is wrong, and why the rollout must wait for it. */
export function renderReasons(results: readonly GateResult[]): readonly string[] {
  return results
    .filter(({ verdict }) => verdict !== "holds")
    .flatMap((result) => [`${result.name} ${describeVerdict(result)}.`, `  ${result.gate.reason}`]);
}

/** "holds: 9 is below 10", "does not hold: 10, must be below 10", "cannot tell: Prometheus has no data for it". */
export function describeVerdict(result: GateResult): string {
  const { answer, gate, verdict } = result;
  if ("unknown" in answer) return `${verdict}: ${answer.unknown.replace(/\.$/, "")}`;
  const limit = describeLimit(gate.holds);
  return verdict === "holds" ? `${verdict}: ${valueOf(result)} is ${limit}` : `${verdict}: ${valueOf(result)}, must be ${limit}`;
}

/** The last line: what the exit code says. */
export function summarize(results: readonly GateResult[]): string {
  const total = results.length;
  const closed = results.filter(({ verdict }) => verdict === "does not hold").length;
  const untold = results.filter(({ verdict }) => verdict === "cannot tell").length;
  if (total > 0 && closed + untold === 0) return `All ${total} gates hold.`;
  const parts = [
    ...(closed > 0 ? [`${closed} of ${total} gates ${closed === 1 ? "does" : "do"} not hold`] : []),
    ...(untold > 0 ? [`${untold} of ${total} gates could not be told`] : []),
  ];
  return `${parts.join(", ")}: the rollout must not go on.`;
}
