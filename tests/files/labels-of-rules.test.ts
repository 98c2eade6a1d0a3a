import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, small, told } from "./small-repository";

const catalog = `# Metrics

| Metric | Type | Labels |
|---|---|---|
| \`app_depth\` | Gauge | \`kind=in,out; service\` |
`;

/** What is told of a rule's own labels, as `severity label`. */
function toldOf(expr: string, labels: string, record = false): readonly string[] {
  const rule = record ? "record: app:depth:max" : "alert: AppDeep";
  const root = folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}metrics: [{ files: [metrics.md], as: markdown, prefixes: [app_] }]\n`,
    "metrics.md": catalog,
    "rules/more.yaml": [
      "groups:",
      "  - name: more",
      "    rules:",
      `      - ${rule}`,
      `        expr: '${expr}'`,
      `        labels: ${labels}`,
      ...(record ? [] : ["        annotations: { summary: It is deep, runbook_url: runbooks/app.md#appdown }"]),
      "",
    ].join("\n"),
  });
  const config = join(root, "chain.yaml");
  const { text } = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
  return [...text.matchAll(/(error|warning) alert-labels-are-distinct .*\n\s+sets the label "(\w+)"/g)].map(
    ([, severity = "", label = ""]) => `${severity} ${label}`,
  );
}

describe("a rule of a file that sets a label of its series", () => {
  for (const [expr, labels, found] of [
    ["max by (kind) (app_depth) > 5", "{ kind: any }", "error kind"],
    ["app_depth > 5", "{ kind: any }", "error kind"],
    ["max by (service) (app_depth) > 5", "{ severity: page, service: app }", "warning service"],
    ["sum by (instance, service) (rate(other_total[5m])) > 5", "{ service: app }", "warning service"],
    ["sum by (service) (up) == 0 or sum by (service) (other) > 1", "{ service: app }", "warning service"],
  ] as const) {
    it(`is told: ${labels} of ${expr}`, () => {
      assert.deepEqual(toldOf(expr, labels), [found]);
    });
    it(`is told of a recording rule: ${labels} of ${expr}`, () => {
      assert.deepEqual(toldOf(expr, labels, true), [found]);
    });
  }

  for (const [expr, labels] of [
    ["max by (kind) (app_depth) > 5", "{ severity: page, service: app, team: x }"],
    ["max(app_depth) > 5", "{ kind: any }"],
    ['absent(a{namespace="x"}) or absent(b{namespace="x"})', "{ namespace: x }"],
    ['absent(a{kind="x"} == 1) or absent(b)', "{ kind: x }"],
    ["max without (kind) (app_depth) > 5", "{ kind: any }"],
    ['max by (kind) (app_depth{kind="in"}) > 5', "{ kind: any }"],
    ['app_depth{kind="in"} > 5', "{ kind: in }"],
    ["app_depth > 5", "{ service: app }"],
    ["up == 0", "{ job: app, instance: x, team: y, namespace: z }"],
    ['absent(up{service="a"})', "{ service: app }"],
    ["max by (kind) (app_depth) > 5", '{ kind: "of {{ $labels.kind }}" }'],
    ["other > 5", "{ service: app }"],
  ] as const)
    it(`is none: ${labels} of ${expr}`, () => {
      assert.deepEqual(toldOf(expr, labels), []);
    });
});
