import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { labelIsDeclared } from "../../../core/checks/label-is-declared";
import { queryHasResult } from "../../../core/checks/query-has-result";
import { queryIsPromql } from "../../../core/checks/query-is-promql";
import { queryTypeFits } from "../../../core/checks/query-type-fits";
import { runChecks } from "../../../core/checks/check";
import { sloIsMeasurable } from "../../../core/checks/slo-is-measurable";
import { vectorMatchingIsValid } from "../../../core/checks/vector-matching-is-valid";
import { alert } from "../../../core/model/declared-alert";
import { quantile } from "../../../core/model/measure";
import { nativeHistogram } from "../../../core/model/metric";
import { indexOf, type Model } from "../../../core/model/model";
import { nativeValues } from "../../../core/model/native-series";
import { panel } from "../../../core/model/panel";
import { latencySlo } from "../../../core/model/slo";
import { withSlos } from "../../../core/model/slo-chain";
import { sloRecordings } from "../../../core/model/slo-queries";
import { renderRuleTests } from "../../../core/render/rule-tests";
import { deepAlert, exampleModel } from "../checks/example";
import { environment } from "../render/environment";
import { temporaryFolder } from "../../machine/temporary-folder";
import { promtool } from "../../tools/promtool";

const latency = nativeHistogram("ex_latency_seconds", {
  unit: "seconds",
  help: "Time.",
  labels: { status: ["success", "failure"] },
});
const { runbook } = deepAlert;
const folder = temporaryFolder();

const slo = (thresholdSeconds: number) =>
  latencySlo("ex-latency", {
    title: "Latency",
    histogram: latency,
    matchers: { status: "success" },
    thresholdSeconds,
    objective: 0.95,
    impact: "Waiting.",
    runbook,
  });

/** An alert on a quantile, and an objective, of a native histogram. */
function modelOf(threshold: number, thresholdSeconds: number): Model {
  const slow = panel("slow", { title: "Slow", description: "The slowest.", of: quantile(0.95, latency, { by: ["status"] }) });
  const watch = alert("EXSlow", {
    panel: slow,
    above: threshold,
    for: "5m",
    severity: "warning",
    summary: "{status} takes {value}",
    impact: "Waiting.",
    runbook,
  });
  const [service] = exampleModel({ metrics: { latency } }).services;
  assert.ok(service);
  const [dashboard] = service.dashboards;
  assert.ok(dashboard);
  const drawn = { ...dashboard, rows: [{ title: "Row", panels: [slow] }] };
  const whole = withSlos({
    ...service,
    recordingRules: [],
    dashboards: [drawn],
    alerts: [watch],
    slos: [slo(thresholdSeconds)],
  });
  return exampleModel({ model: { services: [whole] } });
}

async function failuresOf(model: Model): Promise<string> {
  const [service] = model.services;
  assert.ok(service);
  const files = renderRuleTests(service, indexOf(model), environment).map((suite) => {
    writeFileSync(join(folder, `${suite.name}.rules.yaml`), stringify(suite.rules));
    const path = join(folder, `${suite.name}.test.yaml`);
    writeFileSync(path, stringify(suite.tests));
    return path;
  });
  assert.ok(files.length > 0);
  const { stdout, stderr, status } = spawnSync(await promtool(), ["test", "rules", ...files], { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}

describe("a native histogram", () => {
  for (const [threshold, objective] of [
    [0.3, 0.25],
    [5e-5, 2e-6],
    [1, 3],
    [90, 120],
  ] as const) {
    it(`fires and keeps quiet at a quantile of ${threshold} s and an objective of ${objective} s, as Prometheus evaluates it`, async () => {
      assert.equal(await failuresOf(modelOf(threshold, objective)), "");
    });
  }

  it("has examples in which the alert on a quantile fires", () => {
    const [watch] = modelOf(0.3, 0.25).services[0]?.alerts ?? [];
    assert.deepEqual(
      watch?.examples.map((example) => (example.type === "fires" ? example.at : example.because)),
      ["6m", "it stays within the threshold", "there is hardly any traffic", "there is no series yet"],
    );
  });

  it("is asked in queries that the checks take", () => {
    const all = [queryIsPromql, labelIsDeclared, queryTypeFits, queryHasResult, vectorMatchingIsValid, sloIsMeasurable];
    assert.deepEqual(runChecks(modelOf(0.3, 0.25), all).findings, []);
  });

  it("is read by a quantile without buckets, and guarded by its own count", () => {
    const { query, guard } = quantile(0.95, latency, { by: ["status"] });
    assert.equal(query.expr, "histogram_quantile(0.95, sum by (status) (rate(ex_latency_seconds[$__rate_interval])))");
    assert.equal(guard?.expr, "histogram_count(sum by (status) (rate(ex_latency_seconds[1h]))) > 0.025");
  });

  it("counts for an objective what it observed within any time, and nothing where it observed nothing", () => {
    const [total, bad] = sloRecordings(slo(0.25));
    const rates = 'sum (rate(ex_latency_seconds{status="success"}[5m]))';
    assert.equal(total?.query.expr, `histogram_count(${rates})`);
    assert.equal(
      bad?.query.expr,
      `slo:ex_latency:events_rate5m - ((histogram_fraction(0, 0.25, ${rates}) * (histogram_count(${rates}) > 0)) or 0 * slo:ex_latency:events_rate5m)`,
    );
  });

  it("records no bad events, and not NaN, while nothing happens", async () => {
    const rules = sloRecordings(slo(0.25))
      .slice(0, 2)
      .map(({ name, query }) => ({ record: name, expr: query.expr }));
    const held = nativeValues([0.25], [{ counts: [0, 0], steps: 20 }], [900, 100]);
    const bad = "slo:ex_latency:bad_events_rate5m";
    writeFileSync(join(folder, "still.rules.yaml"), stringify({ groups: [{ name: "a", rules }] }));
    writeFileSync(
      join(folder, "still.test.yaml"),
      stringify({
        rule_files: ["still.rules.yaml"],
        evaluation_interval: "1m",
        tests: [
          {
            interval: "1m",
            input_series: [{ series: 'ex_latency_seconds{status="success"}', values: held }],
            promql_expr_test: [{ expr: bad, eval_time: "15m", exp_samples: [{ labels: bad, value: 0 }] }],
          },
        ],
      }),
    );
    const { stdout, stderr, status } = spawnSync(await promtool(), ["test", "rules", join(folder, "still.test.yaml")], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
  });

  for (const threshold of [0, -1, Number.NaN, Infinity]) {
    it(`has no objective of ${threshold} s`, () => {
      const { findings } = runChecks(modelOf(0.3, threshold), [sloIsMeasurable]);
      assert.deepEqual(
        findings.map(({ message }) => message),
        [`no event takes at most ${threshold} s, or all do. Choose a threshold above 0.`],
      );
    });
  }
});
