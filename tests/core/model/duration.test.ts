import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { durationOf, isDuration, toSeconds, type Duration } from "../../../core/model/duration";

describe("a duration", () => {
  const seconds: Readonly<Record<Duration, number>> = { "0m": 0, "30s": 30, "5m": 300, "6h": 21_600, "30d": 2_592_000 };
  it("is a whole number of one unit", () => {
    for (const text of Object.keys(seconds)) assert.ok(isDuration(text), text);
  });

  for (const text of [
    "",
    "5",
    "m",
    "5 m",
    "1.5m",
    "-5m",
    "5min",
    "1h30m",
    "5ms",
    "5w",
    "9223372037s",
    "106752d",
    "1e5s",
    "NaNs",
  ]) {
    it(`is not ${JSON.stringify(text)}, which Prometheus or this program would not read so`, () => {
      assert.equal(isDuration(text), false);
    });
  }

  it("is turned into seconds", () => {
    for (const [text, expected] of Object.entries(seconds)) assert.equal(isDuration(text) && toSeconds(text), expected);
  });

  it("is made of seconds, in the largest unit that holds them", () => {
    assert.deepEqual([0, 30, 90, 5400, 7200, 604_800, 0.5].map(durationOf), ["0s", "30s", "90s", "90m", "2h", "7d", undefined]);
  });

  it("that is none is refused with what it could be", () => {
    assert.throws(() => toSeconds("-5m"), { name: "RangeError", message: '"-5m" is no duration such as 30s, 5m, 6h or 30d.' });
  });
});
