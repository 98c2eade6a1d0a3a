import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { planOf } from "../../../core/replay/plan";
import { BoundedServer, usualLimits } from "../../../machine/backtest/bounded-server";
import { readSamples } from "../../../machine/backtest/read-samples";
import type { StoredSeries } from "../../../core/simulate/stored-series";
import { play } from "../prometheus/playing-server";
import { rules } from "./filled-prometheus";

const until = 1_764_000_000;
const seconds = Array.from({ length: 121 }, (_, step) => until - 3600 + step * 30);

/** A server that has samples of `a` and a native histogram, and, as Prometheus 2, answers ranges with both their ends. */
function respond(query: string, time: number): object {
  const [, selector = "", range = ""] = /^(.*)\[(\d+)ms\]$/.exec(query) ?? [];
  if (range === "") return { resultType: "matrix", result: [] };
  const within = seconds.filter((second) => second >= time - Number(range) / 1000 && second <= time);
  const one = (labels: object): object => ({
    metric: { __name__: "a", ...labels },
    values: within.map((second) => [second, "1"]),
  });
  if (selector === "h") return { resultType: "matrix", result: [{ metric: { __name__: "h" }, histograms: [[time, {}]] }] };
  return { resultType: "matrix", result: [one({ x: "1" }), ...(selector === 'a{y!=""}' ? [one({ x: "1", y: "2" })] : [])] };
}

describe("raw samples", () => {
  it("are read once: whatever the bounds of pages, and by however many selectors", async () => {
    const { url, asked } = await play((response, { url: { searchParams } }) => {
      const data = respond(searchParams.get("query") ?? "", Number(searchParams.get("time")));
      response.end(JSON.stringify({ status: "success", data }));
    });
    const server = new BoundedServer({ url, signal: new AbortController().signal }, usualLimits, Date.now() + 60_000);
    const { selected } = planOf(
      rules([
        { alert: "A", expr: 'a{x="1"} > 1' },
        { alert: "B", expr: 'a{y!=""} > 1 or h > 0' },
      ]),
      { everySeconds: 30, lookbackSeconds: 300 },
    );
    const pages: (readonly StoredSeries[])[] = [];
    const reading = { selected, from: until - 3000, until, dataFrom: 0, everySeconds: 30, lookbackSeconds: 300 };
    const counts = await readSamples(server, reading, (series) => Promise.resolve(void pages.push(series)));
    const samplesOf = (y?: string): readonly number[] =>
      pages.flatMap((page) => page.filter(({ labels }) => labels["y"] === y).flatMap(({ samples }) => samples.map(([at]) => at)));
    // 450 s before the beginning, open at that end.
    const expected = seconds.filter((second) => second > until - 3450);
    assert.deepEqual(samplesOf(), expected);
    assert.deepEqual(samplesOf("2"), expected);
    assert.deepEqual([counts.series, counts.oldest, [...counts.histograms]], [2, until - 3420, ["h"]]);
    assert.ok(pages.length > 1);
    assert.ok(asked.every(({ method }) => method === "GET"));
  });
});
