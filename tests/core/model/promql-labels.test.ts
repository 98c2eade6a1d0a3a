import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { isScalar, outputLabels } from "../../../core/model/promql-labels";
import { parsePromql } from "../../../core/model/promql-syntax";

const labels: Readonly<Record<string, readonly string[]>> = {
  a: ["x", "y", "job"],
  b: ["x", "z", "job"],
  h_bucket: ["x", "le"],
};

/** What is left of the labels; "?" where the catalogs cannot tell. */
const rows: readonly (readonly [expr: string, kept: string])[] = [
  ["a", "x y job"],
  ["unknown", "?"],
  ['a{x="1"}', "x y job"],
  ['a{pod="1"}', "x y job pod"],
  ['a{pod=~".+"}', "x y job pod"],
  ['a{pod=~".*"}', "x y job"],
  ['a{pod=""}', "x y job"],
  ["rate(a[5m] offset 1h)", "x y job"],
  ["-a", "x y job"],
  ["max_over_time(rate(a[5m])[1h:])", "x y job"],
  ["sum(a)", ""],
  ["sum by (x) (a)", "x"],
  ["sum without (x) (a)", "y job"],
  ["sum by (x) (unknown)", "x"],
  ["sum without (x) (unknown)", "?"],
  ["topk(3, a)", "x y job"],
  ["bottomk by (x) (3, a)", "x y job"],
  ['count_values("value", a)', "value"],
  ['count_values by (x) ("value", a)', "x value"],
  ["quantile(0.9, a)", ""],
  ["histogram_quantile(0.9, rate(h_bucket[5m]))", "x"],
  ['label_replace(a, "new", "$1", "x", "(.*)")', "x y job new"],
  ['label_join(a, "new", "-", "x", "y")', "x y job new"],
  ["info(a)", "?"],
  ["absent(a)", ""],
  ['absent(a{x="1", y=~"2"})', "x"],
  ['absent_over_time(a{x="1"}[5m])', "x"],
  ['absent((a{x="1"} offset 5m))', "x"],
  ['absent(sum(a{x="1"}))', ""],
  ['absent(a{x="1"} == 1)', ""],
  ['absent(rate(a{x="1"}[5m]))', ""],
  ['absent_over_time(a{x="1"}[5m:1m])', ""],
  ['absent(a{x="1", x!="2", y=""})', ""],
  ['absent(a{x!="2", x="1"})', "x"],
  ["vector(1)", ""],
  ["scalar(a)", ""],
  ["a * 2", "x y job"],
  ["2 * a", "x y job"],
  ["a > scalar(b)", "x y job"],
  ["a and b", "x y job"],
  ["a unless on (x) b", "x y job"],
  ["a + on (x) b", "x"],
  ["a + ignoring (y) b", "x job"],
  ["a > on (x) b", "x"],
  ["a * on (x) group_left (z) b", "x y job z"],
  ["a * on (x) group_right b", "x z job"],
  ["a or b", "x job"],
  ["a or vector(0)", ""],
  ["a or unknown", "?"],
];

describe("outputLabels", () => {
  for (const [expr, kept] of rows) {
    it(`of ${expr} are ${kept || "none"}`, () => {
      assert.equal(labelsOf(expr, "by every result"), kept);
    });
  }

  it("carried by some results are those of either side of or", () => {
    assert.equal(labelsOf("sum without (job) (a or b)", "by some"), "x y z");
    assert.equal(labelsOf("a or vector(0)", "by some"), "x y job");
  });
});

describe("isScalar", () => {
  it("tells numbers from vectors", () => {
    const scalars = ["1", "-1", "time()", "scalar(a)", "1 + pi()", "(2)"];
    const vectors = ["a", "vector(1)", "a + 1", "sum(a)", "a[5m]"];
    assert.deepEqual(
      scalars.filter((expr) => !isScalar(tree(expr))),
      [],
    );
    assert.deepEqual(
      vectors.filter((expr) => isScalar(tree(expr))),
      [],
    );
  });
});

function labelsOf(expr: string, carried: "by every result" | "by some"): string {
  const kept = outputLabels(tree(expr), (series) => labels[series], carried);
  return kept ? [...kept].join(" ") : "?";
}

function tree(expr: string) {
  const parsed = parsePromql(expr);
  assert.ok(parsed, `${expr} is no PromQL`);
  return parsed;
}
