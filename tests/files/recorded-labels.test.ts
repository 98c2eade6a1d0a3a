import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, small, told } from "./small-repository";

const recording =
  "groups:\n  - name: r\n    rules:\n      - record: app:wait:rate5m\n        expr: sum by (job) (rate(app_wait_total[5m]))\n";
const alertOn = (expr: string): string => ["      - alert: AppMore", `        expr: ${expr}`, ""].join("\n");
const board = (expr: string): string =>
  JSON.stringify({
    uid: "app",
    title: "App",
    panels: [{ id: 1, title: "Wait", description: "x", type: "timeseries", targets: [{ expr, refId: "A" }] }],
  });

/** What is told of labels, as `severity: message`. */
function toldOf(files: Readonly<Record<string, string>>, external?: string): readonly string[] {
  const root = folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}dashboards: [grafana/*.json]\n${external === undefined ? "" : "prometheus: [prometheus.yml]\n"}`,
    ...(external !== undefined && {
      "prometheus.yml": `global: { external_labels: { ${external}: x } }\nrule_files: [rules/*.yaml]\n`,
    }),
    "rules/recording.yaml": recording,
    ...files,
  });
  const config = join(root, "chain.yaml");
  const { text } = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
  return [...text.matchAll(/(error|warning) label-is-declared .*\n\s+(.*)/g)].map(
    ([, severity = "", message = ""]) => `${severity}: ${message.replace(/ If the Prometheus that records .*$/, " If …")}`,
  );
}

const matches = `matches on "seed", which is no label of app:wait:rate5m. It has job.`;

describe("a label that a recorded series does not have", () => {
  for (const [name, expr, found] of [
    ["a matcher", 'app:wait:rate5m{seed="a"}', [`warning: the panel ${matches} If …`]],
    [
      "a grouping",
      "sum by (seed) (app:wait:rate5m)",
      ['warning: the panel groups by "seed", which its operand does not have. It has job. If …'],
    ],
    [
      "what an aggregation has dropped",
      "sum by (seed) (sum by (job) (app:wait:rate5m))",
      ['error: the panel groups by "seed", which its operand does not have. It has job.'],
    ],
    ["a label that it has", 'app:wait:rate5m{job="a"}', []],
    ["a metric", 'rate(app_other_total{seed="a"}[5m])', []],
  ] as const) {
    it(`may have been added on its way to a dashboard: ${name}`, () => {
      assert.deepEqual(toldOf({ "grafana/app.json": board(expr) }), found);
    });
  }

  it("is one of the external labels, where these are known", () => {
    assert.deepEqual(toldOf({ "grafana/app.json": board('app:wait:rate5m{seed="a"}') }, "seed"), []);
  });

  it("is an error where it is none of them, or read where it is recorded", () => {
    assert.deepEqual(toldOf({ "grafana/app.json": board('app:wait:rate5m{seed="a"}') }, "region"), [
      `error: the panel ${matches}`,
    ]);
    assert.deepEqual(
      toldOf({ "rules/recording.yaml": recording + alertOn('app:wait:rate5m{seed="a"} > 5'), "grafana/a.json": board("up") }),
      [`error: the alert ${matches}`],
    );
  });
});
