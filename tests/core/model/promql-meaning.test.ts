import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { isSameQuery } from "../../../core/model/promql-meaning";

describe("two queries", () => {
  const same: readonly (readonly [string, string])[] = [
    ["sum by (a, b) (x{c='1',d!=\"2\"})", 'sum(x{d!=`2`, c="1"}) by (b,a)'],
    ["x > 1000", "(x)\n  > 1e3 # a comment"],
    ["rate(x[90m])", "rate(x[1h30m])"],
    ["Inf", "inf"],
  ];
  for (const [one, other] of same) it(`mean the same: ${JSON.stringify([one, other])}`, () => assert.ok(isSameQuery(one, other)));

  const different: readonly (readonly [string, string])[] = [
    ["a - b", "b - a"],
    ["topk(1, x)", "topk(2, x)"],
    ["rate(x[5m])", "rate(x[$__rate_interval])"],
    ['x{a="1"}', 'x{a=~"1"}'],
    ["x offset 5m", "x"],
    ['label_replace(x, "a", "1", "b", "")', 'label_replace(x, "a", "2", "b", "")'],
    ["x == 1", "x == bool 1"],
    ["sum by (a) (x)", "sum without (a) (x)"],
    ['count_values("1", x)', "quantile(1, x)"],
  ];
  for (const [one, other] of different) it(`differ: ${JSON.stringify([one, other])}`, () => assert.ok(!isSameQuery(one, other)));
});
