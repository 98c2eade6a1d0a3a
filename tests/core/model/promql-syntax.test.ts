import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import {
  firstError,
  needsParentheses,
  parsePromql,
  walk,
  withoutGrafanaVariables,
  type Expr,
} from "../../../core/model/promql-syntax";

const a: Expr = { type: "selector", metric: "a", matchers: [] };
const b: Expr = { type: "selector", metric: "b", matchers: [] };

describe("parsePromql", () => {
  const rows: readonly (readonly [text: string, tree: Expr])[] = [
    [
      'a{x="1", y!="2", z=~"3", w!~"4"}',
      selector([
        ["x", "=", "1"],
        ["y", "!=", "2"],
        ["z", "=~", "3"],
        ["w", "!~", "4"],
      ]),
    ],
    ['a{x="\\"\\\\d"}', selector([["x", "=", '"\\d']])],
    ["a{x=`\\d`}", selector([["x", "=", "\\d"]])],
    ['{"a", x="1"}', selector([["x", "=", "1"]])],
    ['{__name__="a", x="1"}', selector([["x", "=", "1"]])],
    ["a offset 5m", a],
    ["(a @ end())", a],
    ["a[5m]", { type: "range", of: a }],
    ["a[5m:1m] offset 1h", { type: "range", of: a }],
    ["a[5m * 2]", { type: "range", of: a }],
    ["a[$__rate_interval]", { type: "range", of: a }],
    ["a[${__interval}]", { type: "range", of: a }],
    ["-a", { type: "negation", of: a }],
    ["vector(1)", { type: "call", fn: "vector", args: [{ type: "literal", text: "1" }] }],
    ["sum(a)", { type: "aggregation", op: "sum", grouping: "by", labels: [], args: [a] }],
    ["sum by (x, y) (a)", { type: "aggregation", op: "sum", grouping: "by", labels: ["x", "y"], args: [a] }],
    ["SUM(a) WITHOUT (x)", { type: "aggregation", op: "sum", grouping: "without", labels: ["x"], args: [a] }],
    ["a + b", { type: "binary", op: "+", bool: false, left: a, right: b }],
    ["a # of them\n+ b", { type: "binary", op: "+", bool: false, left: a, right: b }],
    ["a OR b", { type: "binary", op: "or", bool: false, left: a, right: b }],
    ["a > bool b", { type: "binary", op: ">", bool: true, left: a, right: b }],
    ["a and on () b", { type: "binary", op: "and", bool: false, matching: { on: true, labels: [] }, left: a, right: b }],
    [
      "a / ignoring (x) group_left (y) b",
      {
        type: "binary",
        op: "/",
        bool: false,
        matching: { on: false, labels: ["x"] },
        group: { side: "left", include: ["y"] },
        left: a,
        right: b,
      },
    ],
  ];
  for (const [text, tree] of rows) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parsePromql(text), tree);
    });
  }

  for (const text of ["", "sum(a", "a b", "a[5m", "rate(a[])", "a{x=}", "a +", "sum by (a)"]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parsePromql(text), undefined);
    });
  }
});

describe("PromQL text", () => {
  it("tells where it stops being PromQL", () => {
    assert.equal(firstError("sum(a) b"), 7);
    assert.equal(firstError("sum(a)"), undefined);
  });

  it("loses Grafana's durations, and nothing that only looks like one", () => {
    assert.equal(withoutGrafanaVariables("a[$__range] b[${__interval}] $__interval_ms"), "a[5m] b[5m] $__interval_ms");
  });

  it("needs parentheses when its outermost operator could lose its operands", () => {
    assert.deepEqual(["a + b", "-a", "sum(a + b)", "(a + b)", "a"].map(needsParentheses), [true, true, false, true, false]);
  });

  it("is walked with all its parts, parents first", () => {
    const tree = parsePromql("sum(rate(a[5m])) / -b");
    assert.deepEqual(
      [...walk(tree ?? a)].map(({ type }) => type),
      ["binary", "aggregation", "call", "range", "selector", "negation", "selector"],
    );
  });
});

function selector(matchers: readonly (readonly [string, "=" | "!=" | "=~" | "!~", string])[]): Expr {
  return { type: "selector", metric: "a", matchers: matchers.map(([label, op, value]) => ({ label, op, value })) };
}
