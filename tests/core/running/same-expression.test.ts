import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { isSameExpression } from "../../../core/running/same-expression";

describe("an expression as Prometheus has loaded it", () => {
  const same: readonly (readonly [declared: string, loaded: string])[] = [
    ["sum(rate(x[300s])) by (a, b) > 1e3", "sum by (b, a) (rate(x[5m])) > 1000"],
    ["x{b='1', a=\"2\"}", 'x{a="2",b="1"}'],
    ["(a + b) / (c)", "(a + b) / c"],
    ["x # what it is\n  > 5", "x > 5"],
    ["a / ignoring() b", "a / b"],
    ["+x", "x"],
    ["x offset 60s", "x offset 1m"],
    ["max_over_time(up[1h:60s])", "max_over_time(up[1h:1m])"],
    ["up == 0", 'up{namespace="ops"} == 0'],
    ['a{b="1"} / on (x) c', 'a{b="1",namespace="ops"} / on (x) c{namespace="ops"}'],
    ["{{ .Values.expr }}", "{{ .Values.expr }}"],
  ];
  for (const [declared, loaded] of same)
    it(`is ${loaded}, where ${JSON.stringify(declared)} is declared`, () =>
      assert.equal(isSameExpression(declared, loaded), true));

  const others: readonly (readonly [declared: string, loaded: string])[] = [
    ["x > 5", "x >= 5"],
    ["-x", "x"],
    ["x > 5", "x > 6"],
    ["x > Inf", "x > NaN"],
    ["a / b", "b / a"],
    ["a / on (x) b", "a / ignoring (x) b"],
    ["sum by (a) (x)", "sum without (a) (x)"],
    ["rate(x[5m])", "rate(x[10m])"],
    ["x offset 5m", "x"],
    ['a{b="1"}', 'a{b="2"}'],
    ['up{job="a"}', 'up{job="a",namespace="b",pod="c"}'],
    ["a + b", 'a{namespace="ops"} + b'],
  ];
  for (const [declared, loaded] of others)
    it(`is another one: ${loaded}, where ${declared} is declared`, () => assert.equal(isSameExpression(declared, loaded), false));

  it("cannot be told where one of them cannot be read", () =>
    assert.equal(isSameExpression("{{ .Values.expr }}", "up == 0"), undefined));
});
