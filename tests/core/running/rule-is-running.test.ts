import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { ruleEvaluates } from "../../../core/running/rule-evaluates";
import { ruleIsRunning } from "../../../core/running/rule-is-running";
import type { DeclaredRule } from "../../../core/running/declared";
import type { RunningRule } from "../../../core/running/running";
import { loaded, prometheusOf, ruleOf, said } from "./situation";

function says(rules: readonly DeclaredRule[], running: readonly RunningRule[]): readonly string[] {
  return said(ruleIsRunning, { rules }, prometheusOf({}, { rules: { data: running } }));
}

const anew = "Load the rules anew, or declare what runs.";

describe("rule-is-running reports", () => {
  const rows: readonly (readonly [
    what: string,
    rules: readonly DeclaredRule[],
    running: readonly RunningRule[],
    told: string,
  ])[] = [
    [
      "a rule that is not loaded",
      [ruleOf("up == 0"), ruleOf("up", { name: "B" })],
      [loaded("up == 0")],
      "B: Prometheus has not loaded this alert.",
    ],
    [
      "one that is loaded under a name nearly its own",
      [ruleOf("up == 0", { name: "QueueIsLong" })],
      [loaded("up == 0", { name: "QueueIsLon" })],
      'QueueIsLong: Prometheus has not loaded this alert. Did you mean "QueueIsLon"?',
    ],
    [
      "an alert where a recording rule has its name",
      [ruleOf("up == 0"), ruleOf("up", { name: "B" })],
      [loaded("up == 0", { kind: "record" }), loaded("up", { name: "B" })],
      "A: Prometheus has not loaded this alert.",
    ],
    [
      "another expression",
      [ruleOf("up == 0")],
      [loaded("up == 1")],
      `A: Prometheus has loaded another expression: up == 1. ${anew}`,
    ],
    [
      "another wait",
      [ruleOf("up == 0", { for: "5m" })],
      [loaded("up == 0", { forSeconds: 60 })],
      `A: Prometheus has loaded it with for: 60s, not 5m. ${anew}`,
    ],
    [
      "another time for which it goes on firing",
      [ruleOf("up == 0", { keepFiringFor: "10m" })],
      [loaded("up == 0")],
      `A: Prometheus has loaded it with keep_firing_for: 0s, not 10m. ${anew}`,
    ],
    [
      "a label that differs",
      [ruleOf("up == 0", { labels: { severity: "page" } })],
      [loaded("up == 0", { labels: { severity: "info" } })],
      `A: Prometheus has loaded it with severity="info", not "page". ${anew}`,
    ],
    [
      "a label that is not there",
      [ruleOf("up == 0", { labels: { severity: "page" } })],
      [loaded("up == 0")],
      `A: Prometheus has loaded it without the label severity="page". ${anew}`,
    ],
    [
      "of two rules of one name the one that differs",
      [ruleOf("x > 5", { labels: { severity: "info" } }), ruleOf("x > 9", { labels: { severity: "page" } })],
      [loaded("x > 8", { labels: { severity: "page" } }), loaded("x > 5", { labels: { severity: "info" } })],
      `A: Prometheus has loaded another expression: x > 8. ${anew}`,
    ],
    [
      "of two rules of one name the one that is not loaded",
      [ruleOf("x > 5"), ruleOf("x > 9")],
      [loaded("x > 5")],
      "A: Prometheus has loaded 1 of the 2 rules of this name, and not this one.",
    ],
    [
      "a file of which nothing is loaded, once",
      ["A", "B", "C"].map((name) => ruleOf("up", { name })),
      [],
      "rules.yaml: Prometheus has loaded none of its 3 rules, such as A, B, C. Does it read them: rule_files, or the labels by which the operator selects PrometheusRules?",
    ],
  ];
  for (const [what, rules, running, told] of rows) it(what, () => assert.deepEqual(says(rules, running), [told]));
});

describe("rule-is-running is silent about", () => {
  const rows: readonly (readonly [what: string, rules: readonly DeclaredRule[], running: readonly RunningRule[]])[] = [
    [
      "the same rule, written otherwise",
      [ruleOf("sum(x) by (a) > 1", { for: "60s" })],
      [loaded("sum by (a) (x) > 1", { forSeconds: 60 })],
    ],
    ["rules that somebody else has loaded", [ruleOf("up == 0")], [loaded("up == 0"), loaded("up", { name: "Theirs" })]],
    ["labels that somebody adds", [ruleOf("up == 0")], [loaded("up == 0", { labels: { cluster: "a" } })]],
    [
      "the namespace that an operator enforces",
      [ruleOf("up == 0")],
      [loaded('up{namespace="ops"} == 0', { labels: { namespace: "ops" } })],
    ],
    ["two rules of one name, in another order", [ruleOf("x > 5"), ruleOf("x > 9")], [loaded("x > 9"), loaded("x > 5")]],
    ["one rule that is in two files", [ruleOf("up == 0"), ruleOf("up == 0")], [loaded("up == 0")]],
    [
      "a template, of which nobody knows what became of it",
      [ruleOf("x > {{ .Values.limit }}", { for: "{{ .Values.for }}" })],
      [loaded("x > 5", { forSeconds: 60 })],
    ],
    [
      "a label that is a template",
      [ruleOf("up", { labels: { team: "{{ .Values.team }}" } })],
      [loaded("up", { labels: { team: "a" } })],
    ],
  ];
  for (const [what, rules, running] of rows) it(what, () => assert.deepEqual(says(rules, running), []));

  it("everything, where the server does not say which rules it has", () =>
    assert.deepEqual(
      said(ruleIsRunning, { rules: [ruleOf("up")] }, prometheusOf({}, { rules: { cannotTell: "HTTP 500" } })),
      [],
    ));
});

describe("rule-evaluates", () => {
  const failing = loaded("up", { health: "err", lastError: "many-to-many matching\nnot allowed." });
  const says = (running: readonly RunningRule[]): readonly string[] =>
    said(ruleEvaluates, { rules: [ruleOf("up")] }, prometheusOf({}, { rules: { data: running } }));

  it("reports a declared rule whose evaluation fails, with what Prometheus says", () =>
    assert.deepEqual(says([failing]), ["A: its evaluation fails: many-to-many matching not allowed."]));

  it("is silent about one that was not evaluated yet, one that works, and one of somebody else", () =>
    assert.deepEqual(says([loaded("up", { health: "unknown" }), loaded("up"), { ...failing, name: "Theirs" }]), []));

  it("cuts what would fill a page", () =>
    assert.ok(Number(says([{ ...failing, lastError: "a".repeat(5000) }])[0]?.length) < 400));
});
