import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { bind, readResult } from "../../../machine/gate/database";
import { exitCodeOf, verdictOn, type Verdict } from "../../../machine/gate/evaluate";
import { readNumber } from "../../../machine/gate/prometheus";
import type { InstantResult } from "../../../machine/prometheus/query";
import { renderReasons, renderTable, summarize } from "../../../machine/gate/table";
import { gateOf } from "./gate-of";

const vector = (...values: readonly string[]): InstantResult => ({
  resultType: "vector",
  result: values.map((value, index) => ({ metric: { pod: `mc-${index}` }, value: [1, value] })),
});

describe("an answer of Prometheus", () => {
  const replies: readonly (readonly [name: string, data: InstantResult, answer: object])[] = [
    ["of one series is its number", vector("9"), { value: 9 }],
    ["that is a scalar is that number", { resultType: "scalar", result: [1, "3"] }, { value: 3 }],
    ["without a series is unknown", vector(), { unknown: "Prometheus has no data for it" }],
    ["of NaN is unknown", vector("NaN"), { unknown: "Prometheus says NaN, which is no number" }],
    ["of infinity is unknown", vector("+Inf"), { unknown: "Prometheus says +Inf, which is no number" }],
    [
      "of several series is unknown",
      vector("1", "1"),
      { unknown: 'Prometheus has 2 series for it, not one: {"pod":"mc-0"}, {"pod":"mc-1"}' },
    ],
    [
      "that is a matrix is unknown",
      { resultType: "matrix", result: [] },
      { unknown: "Prometheus answers with a range, not with one number" },
    ],
  ];
  for (const [name, data, answer] of replies) it(name, () => assert.deepEqual(readNumber({ data, warnings: [] }), answer));

  it("with a warning is unknown, because a part may be missing", () =>
    assert.deepEqual(readNumber({ data: vector("1"), warnings: ["store down"] }), { unknown: "Prometheus warns: store down" }));

  it("that could not be had is unknown", () =>
    assert.deepEqual(readNumber({ cannotTell: "bad_data: parse error" }), { unknown: "Prometheus: bad_data: parse error" }));
});

describe("an answer of the database", () => {
  const results: readonly (readonly [name: string, rows: readonly (readonly unknown[])[], answer: object])[] = [
    ["that is a count is its number", [["3"]], { value: 3 }],
    ["that is an int is its number", [[3]], { value: 3 }],
    ["without a row is unknown", [], { unknown: "Database: no row" }],
    ["of null is unknown", [[null]], { unknown: "Database: the result is null" }],
    ["of an empty text is unknown", [[""]], { unknown: 'Database: the result is "", which is no number' }],
    ["of true is unknown", [[true]], { unknown: "Database: the result is true, which is no number" }],
    ["of NaN is unknown", [["NaN"]], { unknown: 'Database: the result is "NaN", which is no number' }],
    ["of two rows is unknown", [[1], [2]], { unknown: "Database: 2 rows of 1 columns, not one number" }],
    ["of two columns is unknown", [[1, 2]], { unknown: "Database: 1 rows of 2 columns, not one number" }],
  ];
  for (const [name, rows, answer] of results) it(name, () => assert.deepEqual(readResult(rows), answer));

  it("is asked for with the controller as a parameter, never as text", () => {
    assert.equal(bind("a = :controller_id or b <> :controller_id"), "a = $1 or b <> $1");
  });
});

describe("the verdicts on a phase", () => {
  const codes: readonly (readonly [readonly Verdict[], number])[] = [
    [["holds", "holds"], 0],
    [["holds", "does not hold"], 1],
    [["holds", "cannot tell"], 2],
    [["cannot tell", "does not hold"], 1],
    [[], 2],
  ];
  const resultsOf = (verdicts: readonly Verdict[]) =>
    verdicts.map((verdict, index) => {
      const answer = verdict === "cannot tell" ? { unknown: "no answer" } : { value: verdict === "holds" ? 9 : 10 };
      return { name: `mc/drain/${index}`, gate: gateOf({}), answer, verdict };
    });

  for (const [verdicts, code] of codes)
    it(`end with ${code} for ${verdicts.join(" and ") || "no gate at all"}`, () =>
      assert.equal(exitCodeOf(resultsOf(verdicts)), code));

  it("are 9 meetings hold, 10 do not", () => {
    assert.equal(verdictOn({ value: 9 }, gateOf({})), "holds");
    assert.equal(verdictOn({ value: 10 }, gateOf({})), "does not hold");
  });

  it("are shown with value, limit and reason", () => {
    const results = resultsOf(["holds", "does not hold", "cannot tell"]);
    assert.deepEqual(renderTable(results, false), [
      "VERDICT        GATE        TITLE         VALUE  MUST BE",
      "holds          mc/drain/0  Nearly empty  9      below 10",
      "does not hold  mc/drain/1  Nearly empty  10     below 10",
      "cannot tell    mc/drain/2  Nearly empty  -      below 10",
    ]);
    assert.deepEqual(renderReasons(results), [
      "mc/drain/1 does not hold: 10, must be below 10.",
      "  The meetings that are left end with the pod.",
      "mc/drain/2 cannot tell: no answer.",
      "  The meetings that are left end with the pod.",
    ]);
    assert.equal(summarize(results), "1 of 3 gates does not hold, 1 of 3 gates could not be told: the rollout must not go on.");
  });

  it("never show a number rounded across its limit", () => {
    const result = { name: "a", gate: gateOf({}), answer: { value: 9.99999999 }, verdict: "holds" } as const;
    assert.match(renderTable([result], false).join("\n"), / 9\.99999999 /);
  });
});
