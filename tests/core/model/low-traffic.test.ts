import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { service } from "../../../core/model/declared-service";
import { indexOf } from "../../../core/model/model";
import { latencySlo, ratioSlo } from "../../../core/model/slo";
import { renderRuleObjects } from "../../../core/render/prometheus-rule";
import { temporaryFolder } from "../../machine/temporary-folder";
import { promtool } from "../../tools/promtool";
import { deepAlert, exampleModel, metrics } from "../checks/example";

const folder = temporaryFolder();
const text = { title: "Joins", impact: "Nobody can join.", runbook: deepAlert.runbook };
const example = service("ex", {
  title: "Example",
  metrics,
  dashboards: exampleModel().services.flatMap(({ dashboards }) => dashboards),
  alerts: {},
  slos: {
    joins: ratioSlo("ex-joins", { ...text, counter: metrics.joins, good: { status: "success" }, objective: 0.999 }),
    latency: latencySlo("ex-latency", { ...text, histogram: metrics.latency, thresholdSeconds: 0.5, objective: 0.95 }),
  },
});
const model = exampleModel({ model: { services: [example] } });
const groups = renderRuleObjects(example, indexOf(model), {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
}).flatMap((object) => object.groups);

/** The pages that fire at a time, by their names, of series that are given minute by minute. */
async function pagesAt(time: string, series: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const rules = join(folder, "rules.yaml");
  const test = join(folder, "test.yaml");
  writeFileSync(rules, stringify({ groups }));
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const asked = { expr: 'count by (alertname) (ALERTS{alertstate="firing", severity="page"})', eval_time: time };
  writeFileSync(
    test,
    stringify({
      rule_files: [rules],
      evaluation_interval: "1m",
      tests: [
        { interval: "1m", input_series: input, promql_expr_test: [{ ...asked, exp_samples: [{ labels: "none", value: 0 }] }] },
      ],
    }),
  );
  const { stdout, stderr } = spawnSync(await promtool(), ["test", "rules", test], { encoding: "utf8" });
  const got = /got:(.*)/s.exec(stdout + stderr)?.[1] ?? "";
  assert.match(stdout + stderr, /exp:/, stdout + stderr);
  return [...got.matchAll(/alertname="(\w+)"/g)].map(([, name = ""]) => name).sort();
}

describe("an objective, when everything fails and hardly anybody asks", () => {
  const joins = (status: string, values: string) => ({ [`ex_joins_total{status="${status}"}`]: values });
  const waits = (slow: string, all: string) => ({
    'ex_latency_seconds_bucket{status="success", le="0.5"}': slow,
    'ex_latency_seconds_count{status="success"}': all,
  });

  for (const [name, time, series] of [
    ["three a minute, all of them failures, for half a day", "12h", joins("failure", "0+3x720")],
    ["three a minute, all of them failures, for half an hour", "30m", joins("failure", "0+3x30")],
    [
      "three a minute that fail after six hours of successes",
      "7h",
      { ...joins("success", "0+3x360 1080x120"), ...joins("failure", "_x360 0+3x120") },
    ],
    [
      "one in ten minutes, all failures",
      "4h",
      joins("failure", `0x9 ${Array.from({ length: 30 }, (_, n) => `${n + 1}x9`).join(" ")}`),
    ],
    ["three a minute, all of them too slow", "6h", waits("0x360", "0+3x360")],
  ] as const) {
    it(`pages: ${name}`, async () => {
      const pages = await pagesAt(time, series);
      assert.notDeepEqual(pages, []);
      assert.ok(pages.every((page) => /^Ex(Joins|Latency)Burn/.test(page)));
    });
  }

  for (const [name, time, series] of [
    ["three a minute, all good", "6h", joins("success", "0+3x360")],
    ["nobody asks", "6h", joins("failure", "5x360")],
    ["one failure in a quiet night", "5h", { ...joins("success", "0+1x300"), ...joins("failure", "_x240 1x60") }],
    ["three a minute, all in time", "6h", waits("0+3x360", "0+3x360")],
  ] as const) {
    it(`does not: ${name}`, async () => {
      assert.deepEqual(await pagesAt(time, series), []);
    });
  }
});
