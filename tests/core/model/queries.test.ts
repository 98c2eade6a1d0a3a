import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { queriesIn, queriesOfFence } from "../../../core/model/queries";
import { exampleModel } from "../checks/example";

describe("the queries of a promql block", () => {
  const rows: readonly (readonly [name: string, code: readonly string[], queries: readonly string[]])[] = [
    ["are separated by blank lines", ["a", "", "  ", "b"], ["a", "b"]],
    ["are separated by comment lines", ["# one", "a", "  # two", "b"], ["a", "b"]],
    ["are separated by line ends where each line is one", ["a", "b"], ["a", "b"]],
    ["span lines", ["sum(a)", "/ sum(b)"], ["sum(a)\n/ sum(b)"]],
    ["go on behind a comment line", ["sum(a)", "# of all", "/ sum(b)"], ["sum(a)\n/ sum(b)"]],
    ["go on behind a blank line", ["sum(", "", "a)"], ["sum(\na)"]],
    ["go on where an operator waits for its operand", ["a /", "# all", "b"], ["a /\nb"]],
    ["are kept when one of them is broken", ["a", "", "sum(", "", "b"], ["a", "sum(", "b"]],
    ["may be none", ["# later"], []],
  ];
  for (const [name, code, queries] of rows) {
    it(name, () => {
      const fence = { info: "promql", language: "promql", attributes: {}, code: code.join("\n"), line: 1, lastLine: 9 };
      assert.deepEqual(queriesOfFence(fence), queries);
    });
  }
});

describe("queriesIn", () => {
  it("lists every query with its place", () => {
    const listed = queriesIn(exampleModel()).map(({ kind, expr, subject: { file, name, line }, service }) =>
      [kind, file, name ?? line, service?.id, expr].join(" | "),
    );
    assert.deepEqual(listed, [
      "recording rule | services/ex/recording-rules.ts | ex:ex_latency_seconds:p95_5m | ex | histogram_quantile(0.95, sum by (status, le) (rate(ex_latency_seconds_bucket[5m])))",
      "panel | services/ex/dashboards.ts | ex-overview/depth | ex | max by (actor_type) (ex_depth)",
      "panel | services/ex/dashboards.ts | ex-overview/extra | ex | sum(up)",
      "alert | services/ex/alerts.ts | EXDeep | ex | max by (actor_type) (ex_depth) > 100",
      "runbook command | runbooks/ex/incident-response.md | 17 | ex | max by (actor_type) (ex_depth)",
    ]);
  });
});
