import { afterAll } from "@jest/globals";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import type { RuleSet } from "../../../core/model/rule-set";
import type { Sample, StoredSeries } from "../../../core/simulate/stored-series";
import { startWrittenPrometheus, writeSeries } from "../../../core/simulate/written-prometheus";
import { prometheus } from "../../tools/prometheus";
import { promtool } from "../../tools/promtool";
import { temporaryFolder } from "../temporary-folder";

export const minute = 60;
export const hour = 3600;
export const day = 86_400;

/** The end of what is stored: noon, UTC. */
export const until = Date.UTC(2026, 10, 20, 12) / 1000;
/** Two days before. What is stored begins three hours earlier. */
export const from = until - 2 * day;

/**
 * A series with a sample every 30 s, each at a moment of its target's own. Where there is no value it ends, as Prometheus marks it.
 * @param value by the seconds since {@link from}.
 */
export function series(
  name: string,
  labels: Readonly<Record<string, string>>,
  value: (second: number) => number | undefined,
): StoredSeries {
  const samples: Sample[] = [];
  for (let second = from - 3 * hour + 7.345; second <= until; second += 30) {
    const now = value(second - from);
    if (now !== undefined) samples.push([second, now]);
    else if (samples.length > 0 && samples.at(-1)?.[1] !== "stale") samples.push([second, "stale"]);
  }
  return { name, labels, samples };
}

/** Whether a second is among the minutes from a moment on. */
export function during(second: number, start: number, minutes: number): boolean {
  return second >= start && second < start + minutes * minute;
}

/** Rules as a rule file writes them, in one group. */
export function rules(list: readonly object[], inhibitions: RuleSet["inhibitions"] = []): RuleSet {
  return { rules: readEvaluatedRules([{ name: "g", rules: list }]), inhibitions };
}

const stops: (() => void)[] = [];

/** A Prometheus with series whose seconds are Unix time, until the tests of the file are over. Its rules would run every 30 s. */
export async function filledPrometheus(all: readonly StoredSeries[], more: readonly string[] = []): Promise<string> {
  const { url, stop } = await startWrittenPrometheus({
    command: await prometheus(),
    folder: temporaryFolder(),
    configuration: "global: { evaluation_interval: 30s }",
    // It takes samples of several days in any order of series.
    args: ["--storage.tsdb.min-block-duration=1000d", "--storage.tsdb.max-block-duration=1000d", ...more],
  });
  stops.push(stop);
  for (const one of all) await writeSeries({ url }, [one], (second) => second * 1000);
  return url;
}

afterAll(() => {
  for (const stop of stops) stop();
});

/** The programs that evaluate. */
export async function evaluators(): Promise<{ readonly prometheus: string; readonly promtool: string }> {
  return { prometheus: await prometheus(), promtool: await promtool() };
}
