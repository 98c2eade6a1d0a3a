import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { withMatchers } from "../../../core/model/promql-matchers";

const added = (expr: string): string =>
  withMatchers(expr, ({ metric, matchers }) =>
    metric.startsWith("mc_") && !matchers.some(({ label }) => label === "kept") ? ['instance=~"$instance"'] : [],
  );

describe("withMatchers", () => {
  const rows: readonly (readonly [name: string, expr: string, expected: string])[] = [
    ["a metric without matchers", "max by (actor_type) (mc_x)", 'max by (actor_type) (mc_x{instance=~"$instance"})'],
    ["one with matchers", 'mc_x{a="b"}', 'mc_x{a="b",instance=~"$instance"}'],
    ["one with empty braces", "mc_x{}", 'mc_x{instance=~"$instance"}'],
    ["a comma at the end, and a brace in a value", 'mc_x{a="}", }', 'mc_x{a="}", instance=~"$instance"}'],
    ["a name among the matchers", '{__name__="mc_x"}', '{__name__="mc_x",instance=~"$instance"}'],
    [
      "ranges, Grafana's window and offsets",
      "rate(mc_x[$__rate_interval]) / increase(mc_y[${__range}] offset 5m)",
      'rate(mc_x{instance=~"$instance"}[$__rate_interval]) / increase(mc_y{instance=~"$instance"}[${__range}] offset 5m)',
    ],
    ["other metrics, which stay", "mc_x and on (job) up", 'mc_x{instance=~"$instance"} and on (job) up'],
    ["selectors for which nothing is added", 'mc_x{kept="yes"}', 'mc_x{kept="yes"}'],
    ["what is no PromQL, which stays", "sum(mc_x", "sum(mc_x"],
  ];
  for (const [name, expr, expected] of rows) it(`adds to ${name}`, () => assert.equal(added(expr), expected));
});
