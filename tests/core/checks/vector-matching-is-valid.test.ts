import { vectorMatchingIsValid } from "../../../core/checks/vector-matching-is-valid";
import { gauge } from "../../../core/model/metric";
import { metrics } from "./example";
import { testCheck } from "./rows";

const role = gauge("ex_role_info", { unit: "info", help: "What it is.", labels: { role: ["primary", "replica"] } });
const panel = "services/ex/dashboards.ts ex-overview/extra";

testCheck(vectorMatchingIsValid, {
  accepted: [
    ...[
      'ex_depth{instance=~"a.*"} and ex_depth{instance=~".*b"}',
      'ex_depth{instance=~"prod-.*"} / ignoring (instance) max without (instance) (ex_depth{instance=~"test-.*"})',
      'ex_depth{instance=~"prod-.*"} and on (actor_type) ex_depth{instance=~"test-.*"}',
      'ex_depth{instance=~"mc-[01]:8081"} and ex_depth{instance="mc-1:8081"}',
      'ex_joins_total unless ex_joins_total{status="failure"}',
      'ex_joins_total{status="failure"} / ex_joins_total{status="failure"} offset 1h',
      'rate(ex_joins_total{status="failure"}[5m]) / ignoring (status) group_left sum without (status) (rate(ex_joins_total[5m]))',
      'sum by (job) (rate(ex_joins_total{status="failure"}[5m])) / sum by (job) (rate(ex_joins_total[5m]))',
      'sum by (job) (rate(ex_joins_total{status="failure"}[5m])) / on (job) sum by (job) (rate(ex_joins_total[5m]))',
      'sum without (status) (ex_joins_total{status="failure"}) / sum without (status) (ex_joins_total)',
      'max by (status) (ex_joins_total{status="failure"}) / on () group_left max(ex_joins_total)',
      'ex_depth{instance=~"prod-.*"} or ex_depth{instance=~"test-.*"}',
    ].map((query) => ({ name: query, query })),
    ...[
      'absent(up{job="ex-service"} == 1) and absent(up{instance="a"} == 1)',
      'absent(rate(ex_joins_total{status="failure"}[5m])) and absent(up{instance=~"a.*"})',
      'absent(ex_depth{instance="a"}) or absent(ex_depth{instance="b"})',
      'absent(ex_depth{instance="a"}) unless on () up{job="ex-service"} == 1',
    ].map((query) => ({ name: query, query })),
    ...[
      "up * on (instance) group_left ex_role_info",
      "ex_depth * on (job, instance) group_left max by (job, instance, role) (ex_role_info)",
      'ex_role_info{role="primary"} * on (instance) sum by (instance) (rate(ex_joins_total[5m]))',
      'label_replace(max(ex_depth), "actor_type", "Meeting", "", "") / on (actor_type) max by (actor_type) (ex_depth)',
      'container_memory_working_set_bytes / on (namespace, pod, container) kube_pod_container_resource_limits{resource="memory"}',
    ].map((query) => ({ name: query, query, metrics: { ...metrics, role } })),
    { name: "two sides grouped alike", query: "sum by (status) (ex_joins_total) / sum by (status) (ex_joins_total)" },
    { name: "on (…)", query: "ex_joins_total * on (instance) group_left sum by (instance) (up)" },
    { name: "ignoring (…)", query: "ex_joins_total / ignoring (status) group_left sum by (job, instance) (ex_joins_total)" },
    { name: "or, which needs no match", query: "sum(ex_depth) or up" },
    {
      name: "a share of one status in another one",
      query: 'rate(ex_joins_total{status="failure"}[5m]) / ignoring (status) rate(ex_joins_total{status="success"}[5m])',
    },
    { name: "sums without the label", query: 'sum(ex_joins_total{status="failure"}) / sum(ex_joins_total{status="success"})' },
    { name: "on ()", query: 'sum by (status) (ex_joins_total{status="failure"}) / on () sum(ex_joins_total)' },
    {
      name: "values that one side has too",
      query: 'ex_joins_total{status=~"failure|success"} and ex_joins_total{status="success"}',
    },
    { name: "one status, named differently", query: 'ex_joins_total{status="failure"} and ex_joins_total{status!="success"}' },
    {
      name: "other values of a label that is ignored",
      query: 'ex_depth{actor_type="Meeting"} / on (job, instance) ex_depth{actor_type="Connection"}',
    },
    {
      name: "a label replaced, whose values are new",
      query: 'ex_joins_total{status="failure"} and label_replace(ex_joins_total{status="success"}, "status", "failure", "", "")',
    },
    {
      name: "group_left towards the finer side",
      query: "ex_depth / on (job, instance) group_left max by (job, instance) (ex_depth)",
    },
    {
      name: "group_right towards the finer side",
      query: "max by (job, instance) (ex_depth) / on (job, instance) group_right ex_depth",
    },
    { name: "several series on both sides of and", query: "ex_depth and on (job, instance) ex_joins_total" },
    { name: "one of several states", query: "up * on (job) group_left (phase) max by (job, phase) (kube_pod_status_phase == 1)" },
    {
      name: "labels that may follow from others",
      query: "max by (pod) (kube_pod_status_ready) * on (pod) group_left (namespace) max by (pod, namespace) (kube_pod_created)",
    },
    { name: "only one series of several", query: "up * on () group_left topk(1, ex_depth)" },
    { name: "a number", query: "ex_depth / 2 > 1" },
  ],
  reported: [
    ...(
      [
        ['rate(ex_joins_total{status="failure"}[5m]) / rate(ex_joins_total[5m])', "status", "/"],
        ['ex_joins_total{status="failure"} / ex_joins_total{status!="success"}', "status", "/"],
        ['ex_depth{instance=~"a.*"} - ex_depth{instance=~".*b"}', "instance", "-"],
        ['ex_depth{actor_type="Meeting", instance="a:1"} > ex_depth', "actor_type, instance", ">"],
        ['sum by (status) (ex_joins_total{status="failure"}) / sum by (status) (ex_joins_total)', "status", "/"],
        ['sum by (status) (ex_joins_total{status="failure"}) / on (status) sum by (status) (ex_joins_total)', "status", "/"],
        ['sum without (pod) (ex_joins_total{status="failure"}) / sum without (pod) (ex_joins_total)', "status", "/"],
      ] as const
    ).map(([query, labels, op]) => ({
      name: query,
      query,
      findings: [
        `${panel}: the panel combines series with themselves using "${op}": both sides differ in what they ask of ${labels} alone, and are matched by it. Aggregate ${labels} away on both sides, or on the right one and add ignoring (${labels}) group_left.`,
      ],
    })),
    ...(
      [
        ['ex_depth{instance=~"prod-.*"} / ex_depth{instance=~"test-.*"}', 'instance=~"prod-.*"', 'instance=~"test-.*"', "/"],
        ['ex_depth{instance=~"a.*"} and ex_depth{instance!~"a.*"}', 'instance=~"a.*"', 'instance!~"a.*"', "and"],
        [
          'max by (instance) (ex_depth{instance=~"a.*"}) > max by (instance) (ex_depth{instance="b"})',
          'instance=~"a.*"',
          'instance="b"',
          ">",
        ],
      ] as const
    ).map(([query, left, right, op]) => ({
      name: query,
      query,
      findings: [
        `${panel}: the panel combines ${left} with ${right} using "${op}": they never match. Add ignoring (instance), or aggregate it away on both sides.`,
      ],
    })),
    {
      name: "values that exclude each other",
      query: 'rate(ex_joins_total{status="failure"}[5m]) / rate(ex_joins_total{status="success"}[5m])',
      findings: [
        `${panel}: the panel combines status="failure" with status="success" using "/": they never match. Add ignoring (status), or aggregate it away on both sides.`,
      ],
    },
    {
      name: "the same after grouping by the label",
      query:
        'sum by (status) (ex_joins_total{status="failure"}) and on (status) sum by (status) (ex_joins_total{status!="failure"})',
      findings: [
        `${panel}: the panel combines status="failure" with status="success" using "and": they never match. Add ignoring (status), or aggregate it away on both sides.`,
      ],
    },
    {
      name: "what is missing of two instances",
      query: 'absent(ex_depth{instance="a"}) and absent(up{instance="b"})',
      findings: [
        `${panel}: the panel combines instance="a" with instance="b" using "and": they never match. Add ignoring (instance), or aggregate it away on both sides.`,
      ],
    },
    {
      name: "what is missing, of which one alone has a label",
      query: 'absent(ex_depth{actor_type="Meeting"}) and absent(up)',
      findings: [
        `${panel}: the panel combines series by (actor_type) with series by () using "and": they never match. Add on (…) or ignoring (…), or group both sides alike.`,
      ],
    },
    {
      name: "a label that is always another one",
      query: 'label_replace(max(ex_depth), "actor_type", "all", "", "") / on (actor_type) max by (actor_type) (ex_depth)',
      findings: [
        `${panel}: the panel combines actor_type="all" with actor_type="Meeting|Connection" using "/": they never match. Add ignoring (actor_type), or aggregate it away on both sides.`,
      ],
    },
    {
      name: "two instances",
      query: 'ex_depth{instance="a"} and ex_depth{instance="b"}',
      findings: [
        `${panel}: the panel combines instance="a" with instance="b" using "and": they never match. Add ignoring (instance), or aggregate it away on both sides.`,
      ],
    },
    {
      name: "many to one without group_left",
      query: "ex_depth / on (job, instance) max by (job, instance) (ex_depth)",
      findings: [
        `${panel}: the panel combines several series on the left of "/" with one (job, instance): they differ by actor_type, which Prometheus refuses. Add group_left, or aggregate the left side.`,
      ],
    },
    {
      name: "one to many without group_right",
      query: "sum(up) - on () sum by (status) (ex_joins_total)",
      findings: [
        `${panel}: the panel combines several series on the right of "-" with one (): they differ by status, which Prometheus refuses. Add group_right, or aggregate the right side.`,
      ],
    },
    {
      name: "group_left away from the finer side",
      query: "max by (job, instance) (ex_depth) / on (job, instance) group_left ex_depth",
      findings: [
        `${panel}: the panel combines several series on the right of "/" with one (job, instance): they differ by actor_type, which Prometheus refuses. Write group_right, or aggregate the right side.`,
      ],
    },
    {
      name: "buckets beside their count",
      query:
        "sum by (status, le) (rate(ex_latency_seconds_bucket[5m])) / on (status) sum by (status) (rate(ex_latency_seconds_count[5m]))",
      findings: [
        `${panel}: the panel combines several series on the left of "/" with one (status): they differ by le, which Prometheus refuses. Add group_left, or aggregate the left side.`,
      ],
    },
    {
      name: "a ratio that can never match",
      query: "sum by (status) (ex_joins_total) / sum(ex_joins_total)",
      findings: [
        `${panel}: the panel combines series by (status) with series by () using "/": they never match. Add on (…) or ignoring (…), or group both sides alike.`,
      ],
    },
  ],
});
