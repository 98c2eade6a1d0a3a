import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { latency, level, rate } from "../../../core/model/good-day";
import { counter, gauge, histogram } from "../../../core/model/metric";
import { seriesOf } from "../../../core/simulate/exported-series";
import { flowsOf } from "../../../core/simulate/flow";
import type { StoredValue } from "../../../core/simulate/stored-series";

const declaration = { unit: "things", help: "", labels: { status: ["success", "error"] } } as const;
const depth = gauge("depth", declaration);
const things = counter("things_total", declaration);
const duration = histogram("thing_seconds", { ...declaration, buckets: [0.1, 1] });
const catalog = { depth, things, duration };

function values(
  of: Parameters<typeof flowsOf>[1],
  second: number,
  begun = -Infinity,
): Readonly<Record<string, StoredValue | undefined>> {
  return Object.fromEntries(
    flowsOf(catalog, of)
      .flatMap(seriesOf)
      .map(({ name, labels, value }) => [[name, labels["status"], labels["le"]].filter(Boolean).join(" "), value(second, begun)]),
  );
}

describe("a good day", () => {
  it("leaves counters of which nothing is said unborn, and gauges at 0 for every listed value", () => {
    assert.deepEqual(values({ traffic: [], background: [] }, 0), { "depth success": 0, "depth error": 0 });
    assert.deepEqual(values({ traffic: [level(depth, { status: "error" }, 7)], background: [] }, 0), {
      "depth error": 7,
      "depth success": 0,
    });
  });

  it("gives every listed value of a label that is left out the whole rate", () => {
    const { "things_total success": success, "things_total error": error } = values(
      { traffic: [rate(things, {}, { perMinute: 60 })], background: [] },
      60,
      0,
    );
    assert.deepEqual([success, error], [60, 60]);
  });

  it("begins every count anew with a process, and has no series before the first increment", () => {
    const day = { traffic: [rate(things, { status: "success" }, { perMinute: 6 })], background: [] };
    const at = (second: number) => values(day, second, 100)["things_total success"];
    assert.deepEqual([at(100), at(109), at(110), at(160)], [undefined, undefined, 1, 6]);
    const created = { ...day, fromTheStart: [things] };
    assert.equal(values(created, 100, 100)["things_total success"], 0);
    assert.equal(values(created, 100, 100)["things_total error"], 0);
  });

  it("counts an event in every bucket that it fits into, and in count and sum", () => {
    const day = {
      traffic: [
        latency(
          duration,
          { status: "success" },
          {
            perMinute: 60,
            seconds: [
              [0.5, 0.05],
              [0.5, 2],
            ] as const,
          },
        ),
      ],
      background: [],
    };
    const { "depth success": _a, "depth error": _b, ...found } = values(day, 60, 0);
    assert.deepEqual(found, {
      "thing_seconds_bucket success 0.1": 30,
      "thing_seconds_bucket success 1.0": 30,
      "thing_seconds_bucket success +Inf": 60,
      "thing_seconds_count success": 60,
      "thing_seconds_sum success": 61.5,
    });
  });
});
