import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { scaleDuration, scaleExpression } from "../../../core/simulate/scaled-rules";

describe("in compressed time", () => {
  const durations: readonly (readonly [text: string, scaled: string])[] = [
    ["30s", "500ms"],
    ["5m", "5000ms"],
    ["1h30m", "90000ms"],
    ["0m", "0ms"],
    ["1d", "1440000ms"],
    ["90ms", "2ms"],
  ];
  for (const [text, scaled] of durations) {
    it(`${text} is ${scaled}`, () => assert.equal(scaleDuration(text, 60), scaled));
  }

  it("what is no duration is refused", () => {
    assert.throws(() => scaleDuration("5 minutes", 60), /^RangeError: "5 minutes" is no duration such as 30s, 5m or 1h30m\.$/);
  });

  const expressions: readonly (readonly [what: string, expr: string, scaled: string])[] = [
    ["a window", "increase(m[5m]) > 2", "increase(m[5000ms]) > 2"],
    ["an offset", "up offset 5m == 1", "up offset 5000ms == 1"],
    ["a subquery", "max_over_time(m[1h:30s])", "max_over_time(m[60000ms:500ms])"],
    ["a rate, which counts events a second", "sum(rate(m[5m])) > 0.5", "sum((rate(m[5000ms]) / 60)) > 0.5"],
    ["a rate in a rate", "deriv(rate(m[5m])[1h:])", "(deriv((rate(m[5000ms]) / 60)[60000ms:]) / 60)"],
    ["a number that is no duration", "m > 300", "m > 300"],
    ["text in a matcher", 'm{a="rate(x[5m])"}', 'm{a="rate(x[5m])"}'],
  ];
  for (const [what, expr, scaled] of expressions) {
    it(`${what} keeps its meaning`, () => assert.equal(scaleExpression(expr, 60), scaled));
  }

  it("what compares with the clock is refused", () => {
    assert.throws(
      () => scaleExpression("time() - m > 300", 60),
      /^Error: time\(\) compares with the clock, which cannot be compressed: time\(\) - m > 300$/,
    );
  });
});
