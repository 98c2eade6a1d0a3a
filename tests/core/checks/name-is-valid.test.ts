import { nameIsValid } from "../../../core/checks/name-is-valid";
import { counter, gauge, histogram } from "../../../core/model/metric";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { latencySlo } from "../../../core/model/slo";
import { deepAlert, depthPanel, metrics } from "./example";
import { testCheck } from "./rows";

const plain = { unit: "x", help: "x", labels: {} };
const dashboard = { uid: "ex-overview", title: "T", description: "D", rows: [{ title: "R", panels: [depthPanel] }] };

testCheck(nameIsValid, {
  accepted: [{ name: "digits in an alert's name", alert: { name: "EXHttp5xx" } }],
  reported: [
    {
      name: "a metric of another prefix",
      metrics: { x: gauge("other_depth", plain) },
      findings: ['services/ex/metrics.ts other_depth: the metric\'s name must begin with "ex_".'],
    },
    {
      name: "a counter without _total",
      metrics: { x: counter("ex_joins", plain) },
      findings: ['services/ex/metrics.ts ex_joins: the counter\'s name must end with "_total".'],
    },
    {
      name: "a gauge with _total",
      metrics: { x: gauge("ex_depth_total", plain) },
      findings: ['services/ex/metrics.ts ex_depth_total: "_total" is for counters; this is a gauge.'],
    },
    {
      name: "buckets out of order",
      metrics: { x: histogram("ex_time_seconds", { ...plain, buckets: [1, 0.5] }) },
      findings: ["services/ex/metrics.ts ex_time_seconds: the histogram's buckets must ascend, without +Inf."],
    },
    {
      name: "an objective without the service's id",
      service: {
        slos: [
          latencySlo("latency", {
            title: "L",
            histogram: metrics.latency,
            thresholdSeconds: 0.5,
            objective: 0.95,
            impact: "x",
            runbook: deepAlert.runbook,
          }),
        ],
      },
      findings: ['services/ex/slos.ts latency: an objective\'s id is "ex-" and words in lower case, such as ex-latency.'],
    },
    {
      name: "an alert without the prefix",
      alert: { name: "Deep" },
      findings: ['services/ex/alerts.ts Deep: an alert\'s name is "EX" and words in CamelCase, such as EXHighLatency.'],
    },
    {
      name: "two alerts of one name",
      alerts: [deepAlert],
      findings: ['services/ex/alerts.ts EXDeep: the alert "EXDeep" exists already in services/ex/alerts.ts. Rename one.'],
    },
    {
      name: "a recording rule without a level",
      service: { recordingRules: [recordingRule("ex_latency", { query: queryOf("sum(up)") })] },
      findings: ["services/ex/recording-rules.ts ex_latency: a recording rule's name has the form level:metric:operations."],
    },
    {
      name: "a uid that Grafana refuses",
      service: { dashboards: [{ ...dashboard, uid: "ex overview" }] },
      findings: ["services/ex/dashboards.ts ex overview: a dashboard's uid has 1 to 40 letters, digits, - or _."],
    },
    {
      name: "two dashboards of one uid",
      service: { dashboards: [dashboard, dashboard] },
      findings: [
        'services/ex/dashboards.ts ex-overview: the dashboard uid "ex-overview" exists already in services/ex/dashboards.ts. Rename one.',
      ],
    },
    {
      name: "two panels of one id",
      panel: { id: "depth" },
      findings: [
        'services/ex/dashboards.ts ex-overview/depth: the panel ids "depth" and "depth" give one panel number. Rename one.',
      ],
    },
  ],
});
