import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { configurationSchema } from "../../../core/load/files/configuration";
import { changesBetween, documentsOf, told } from "./compared";
import { compilerFaults, declared, imported, runbooksOf } from "./imported";

const runbook_url = "https://runbooks.example.org/queue/";
const busy = 'sum by (namespace, queue) (rate(queue_requests_total{job="queue",code=~"5.."}[5m]))\n  / sum by (namespace, queue) (rate(queue_requests_total{job="queue"}[5m]))'; // prettier-ignore

/** As mixins write them: no label `service`, `critical`, descriptions, addresses of runbooks elsewhere. */
const rules = [
  { record: "namespace_queue:queue_requests:rate5m", expr: "sum by (namespace, queue) (rate(queue_requests_total[5m]))" },
  {
    alert: "QueueErrors",
    expr: `${busy} * 100 > 5`,
    for: "1h30m",
    keep_firing_for: "90s",
    labels: { severity: "critical", team: "ops" },
    annotations: { summary: "Queue {{$labels.queue}} fails.", description: "{{ $value | humanize }}% fail.", runbook_url: `${runbook_url}errors` }, // prettier-ignore
  },
  {
    alert: "QueueSlow",
    expr: 'histogram_quantile(0.99, sum by (queue, le) (rate(queue_wait_seconds_bucket{job="queue"}[10m]))) > 2',
    for: "15m",
    labels: { severity: "warning" },
    annotations: { summary: "Queue {{ $labels.queue }} waits {{ $value | humanizeDuration }}.", description: "Slow." },
  },
  {
    alert: "QueueDown",
    expr: 'absent(up{job="queue"} == 1)',
    for: "15m",
    labels: { severity: "critical" },
    annotations: { summary: "Gone.", description: "It is gone." },
  },
];

const target = (expr: string, legendFormat = "") => ({ expr, legendFormat });
const dashboard = {
  uid: "queue",
  title: "Queue / Overview",
  description: "The queue.",
  templating: {
    list: [
      { name: "datasource", type: "datasource", query: "prometheus" },
      { name: "cluster", type: "query", query: 'label_values(up{job="queue"}, cluster)' },
      { name: "queue", type: "query", multi: true, query: { query: "label_values(queue_depth, queue)", refId: "q" } },
    ],
  },
  panels: [
    { id: 3, type: "stat", title: "Waiting", description: "Now.", fieldConfig: { defaults: { unit: "short" } }, targets: [target("sum(queue_depth)")] }, // prettier-ignore
    { id: 1, type: "row", title: "Time", panels: [] },
    {
      id: 2,
      type: "timeseries",
      title: "Wait",
      description: "How long.",
      fieldConfig: { defaults: { unit: "s", custom: { stacking: { mode: "normal" } } } },
      targets: [
        target(
          'histogram_quantile(0.99, sum by (queue, le) (rate(queue_wait_seconds_bucket{job="queue"}[$__rate_interval])))',
          "{{queue}} p99",
        ),
        target("histogram_quantile(0.5, sum by (le) (rate(queue_wait_seconds_bucket[$__rate_interval])))", "p50"),
      ],
    },
    { id: 7, type: "timeseries", title: "Requests", description: "By code.", fieldConfig: { defaults: { unit: "reqps" } }, targets: [target('sum by (code) (rate(queue_requests_total{queue=~"$queue"}[$__rate_interval]))')] }, // prettier-ignore
  ],
};

const scrape = [
  "# HELP queue_requests_total Requests, by what came of them.",
  "# TYPE queue_requests_total counter",
  'queue_requests_total{queue="a",code="200"} 1',
  "# TYPE queue_depth gauge",
  'queue_depth{queue="a"} 1',
  "# TYPE queue_wait_seconds histogram",
  'queue_wait_seconds_bucket{queue="a",le="1"} 1',
  "",
].join("\n");

describe("rules and a dashboard in the manner of a mixin, imported", () => {
  const groups = [{ name: "queue", interval: "1m", rules }];
  const files = new Map([
    ["queue.yaml", stringify({ apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata: { name: "queue" }, spec: { groups } })], // prettier-ignore
    ["queue.json", JSON.stringify(dashboard)],
    ["queue.prom", scrape],
  ]);
  const settings = configurationSchema.parse({
    rules: ["*.yaml"],
    dashboards: ["*.json"],
    metrics: [{ files: ["*.prom"], as: "scrape" }],
  });
  const result = imported("queue", files, settings);

  it("compiles", () => assert.deepEqual(compilerFaults(result.files), []));

  it("changes the severity that is not known here, and where there was no runbook and no panel", () => {
    const after = documentsOf(declared("queue", result.files), runbooksOf(result));
    const changes = changesBetween({ groups, dashboards: [JSON.stringify(dashboard)], runbooks: after.runbooks }, after);
    assert.deepEqual(changes.filter(({ what }) => what !== "look").map(told), [
      "alert | changed | QueueErrors | severity | critical | page",
      `alert | changed | QueueErrors | runbook section | ${runbook_url}errors | queue/to-write.md#queueerrors`,
      "alert | changed | QueueErrors | panel |  | Queue / Overview / Requests",
      "alert | changed | QueueSlow | runbook section |  | queue/to-write.md#queueslow",
      "alert | changed | QueueSlow | panel |  | Queue / Overview / Wait",
      "alert | changed | QueueDown | severity | critical | page",
      "alert | changed | QueueDown | runbook section |  | queue/to-write.md#queuedown",
      "alert | changed | QueueDown | panel |  | Queue / Overview / QueueDown",
      "dashboard | changed | queue | rows | Time | Time, Alerts",
      "panel | added | Queue / Overview / QueueDown |  |  | ",
    ]);
  });

  it("says in the short form what has one", () => {
    const code = (name: string): string => (result.files[`services/queue/${name}.ts`] ?? "").replace(/\s+/g, " ");
    assert.match(
      code("metrics"),
      /requests: counter\("queue_requests_total", \{ unit: "requests", help: "Requests, by what came of them\."/,
    );
    assert.match(code("dashboards"), /view: "stat", of: sumBy\(metrics\.depth, \[\]\)/);
    assert.match(
      code("dashboards"),
      /p99: quantile\(0\.99, metrics\.wait, \{ of: \{ job: "queue" \}, by: \["queue"\], legend: "\{\{queue\}\} p99" \}\)/,
    );
    assert.match(
      code("dashboards"),
      /labelValues\("queue", \{ label: "queue", multi: true, of: \[metrics\.depth, "queue"\] \}\)/,
    );
    assert.match(code("alerts"), /panel: panels\.wait, query: "p99", above: 2, window: "10m", guard: "none", for: "15m"/);
    assert.match(code("alerts"), /summary: "Queue \{queue\} waits \{value\}\."/);
    assert.match(code("alerts"), /for: "90m", keepFiringFor: "90s", severity: "page", labels: \{ team: "ops" \}/);
    const said = result.decisions.map(({ subject, message }) => `${subject.name ?? ""} ${message}`);
    assert.ok(said.includes('QueueErrors has the severity "critical", which becomes "page": what routes by it must know.'));
    assert.ok(said.includes("queue is evaluated every 1m, and here as Prometheus is configured."));
  });
});
