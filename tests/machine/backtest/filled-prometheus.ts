import { afterAll } from "@jest/globals";
import { startWrittenPrometheus, writeSeries } from "../../../core/simulate/written-prometheus";
import type { StoredSeries } from "../../../core/simulate/stored-series";
import { prometheus } from "../../tools/prometheus";
import { temporaryFolder } from "../temporary-folder";

const stops: (() => void)[] = [];

/** A Prometheus with series whose seconds are Unix time, until the tests of the file are over. It evaluates every 30 s. */
export async function filledPrometheus(series: readonly StoredSeries[]): Promise<string> {
  const { url, stop } = await startWrittenPrometheus({
    command: await prometheus(),
    folder: temporaryFolder(),
    configuration: "global: { evaluation_interval: 30s }",
    // It takes samples of several days in any order of series.
    args: ["--storage.tsdb.min-block-duration=1000d", "--storage.tsdb.max-block-duration=1000d"],
  });
  stops.push(stop);
  for (const one of series) await writeSeries({ url }, [one], (second) => second * 1000);
  return url;
}

afterAll(() => {
  for (const stop of stops) stop();
});
