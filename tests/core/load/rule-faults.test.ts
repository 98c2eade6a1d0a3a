import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readYamlDocuments } from "../../../core/load/files/documents";
import { ruleFaults } from "../../../core/load/files/rule-faults";

const rule = (more: string, head = "alert: A, expr: up"): string => `groups: [{ name: g, rules: [{ ${head}, ${more} }] }]`;
const group = (more: string): string => `groups: [{ name: g, rules: [], ${more} }]`;
const recorded = (name: string): string => rule("labels: {}", `record: ${name}, expr: up`);

/** What is told of a rule file, as `severity: message`. */
function toldOf(text: string): readonly string[] {
  const { documents, faults } = readYamlDocuments(text);
  assert.deepEqual(faults, []);
  return documents.flatMap((document) =>
    ruleFaults("a.yaml", document).map(({ message, severity = "error" }) => `${severity}: ${message}`),
  );
}

const sinceThree = "which is a name only since Prometheus 3. Before it, and in templates, a name has letters, digits and _.";

/** As promtool 3.16 has it; what is a warning, it takes, or other readers of such files do. */
describe("a rule file that Prometheus", () => {
  for (const text of [
    rule("for: 1h30m, keep_firing_for: 0s, labels: { a: b, _c: 1 }, annotations: { summary: x }"),
    rule("for: 0"),
    rule("labels: null, annotations: {}"),
    group("interval: 1m30s, limit: 5, query_offset: 1m, labels: { a: b }"),
    group("limit: null, interval: null"),
    recorded("app:up:sum"),
    `namespace: x\n${group("limit: 0")}`,
    `kind: PrometheusRule\napiVersion: monitoring.coreos.com/v1\nspec: { ${group("limit: 0").replace("groups: ", "groups: ")} }`,
  ]) {
    it(`takes is not told of: ${text}`, () => {
      assert.deepEqual(toldOf(text), []);
    });
  }

  for (const [text, found] of [
    [rule("for: [5m]"), 'error: `for` is "a list or a mapping", which is no duration. Write it as 5m, 1h30m or 90s.'],
    [rule("for: 1.5h"), 'error: `for` is "1.5h", which is no duration. Write it as 5m, 1h30m or 90s.'],
    [rule("labels: { __name__: x }"), "error: `labels`: __name__ is that of the series."],
    [rule('labels: { "": x }'), "error: `labels`: one has no name."],
    [rule('annotations: { "": x }'), "error: `annotations`: one has no name."],
    [rule("labels: { a: [b] }"), 'error: `labels`: "a" is no text.'],
    [rule("labels: { a-b: x }"), `warning: \`labels\`: has "a-b", ${sinceThree}`],
    [rule("annotations: { é: x }"), `warning: \`annotations\`: has "é", ${sinceThree}`],
    [recorded("app-up"), `warning: records "app-up", ${sinceThree}`],
    [group("limit: x"), 'error: `limit` is "x", which is no number.'],
    ["groups: [{ name: g, rules: { a: b } }]", "error: its rules are no list."],
    [
      `x-defaults: { a: b }\n${group("limit: 0")}`,
      'warning: has the key "x-defaults" beside its groups: Prometheus refuses such a file, unless something makes one without it.',
    ],
  ] as const) {
    it(`refuses, or may refuse, is told of: ${text}`, () => {
      assert.deepEqual(toldOf(text), [found]);
    });
  }
});
