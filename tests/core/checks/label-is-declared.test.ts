import { labelIsDeclared } from "../../../core/checks/label-is-declared";
import type { Scrape } from "../../../core/model/scrape";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";

function scraped(by: Scrape["by"], externalLabels: readonly string[] = []) {
  const workload = exampleModel().services[0]?.workload;
  return { service: workload ? { workload: { ...workload, scrape: { by, externalLabels } } } : {} };
}

testCheck(labelIsDeclared, {
  accepted: [
    {
      name: "what the environment adds to every series",
      query: 'sum by (pod, cluster) (ex_depth{namespace="dark-tower"}) / on (pod, cluster) sum by (pod, cluster) (ex_depth)',
      model: { seriesLabels: ["namespace", "pod", "cluster"] },
    },
    ...[
      'max by (uid) (kube_pod_status_phase{phase="Failed"})',
      "sum by (node) (kube_pod_info * on (namespace, pod, uid) group_left kube_pod_status_ready)",
      'count by (created_by_kind, created_by_name) (kube_pod_info{priority_class=~"system-.+"})',
      'sum by (name, image) (container_memory_working_set_bytes{id!="/"})',
      'sum by (pod) (rate(container_cpu_usage_seconds_total{cpu="total",image!=""}[5m]))',
      'sum by (node) (kube_pod_container_resource_limits{resource="cpu"})',
      "sum by (integration, reason) (rate(alertmanager_notifications_failed_total[5m]))",
    ].map((query) => ({ name: `what the exporter tells beside the names: ${query}`, query })),
    { name: "what stands in where nothing is", query: "sum by (status) (rate(ex_joins_total[5m])) or on (status) vector(0)" },
    { name: "labels of the target", query: 'sum by (instance) (ex_joins_total{job="ex-service"})' },
    { name: "le on buckets", query: "sum by (le) (rate(ex_latency_seconds_bucket[5m]))" },
    {
      name: "a label that label_replace makes",
      query: 'sum by (pod) (label_replace(ex_joins_total, "pod", "$1", "instance", "(.*)"))',
    },
    { name: "the labels of a recording rule", query: "max by (status) (ex:ex_latency_seconds:p95_5m)" },
    { name: "topk, which keeps labels", query: "sum by (status) (topk(3, ex_joins_total))" },
    {
      name: "a pod's name, where the other half finds the same series by their address",
      query: `sum by (pod) (ex_joins_total{namespace="ex",pod=~"ex-.+"}) or sum by (pod) (
        label_replace(ex_joins_total{pod=""}, "pod_ip", "$1", "instance", "(.+):.+") * on (pod_ip) group_left (pod) kube_pod_info{namespace="ex"})`,
    },
    {
      name: "the labels that the operator adds, of a service that a PodMonitor scrapes",
      ...scraped("pod-monitor"),
      query: 'sum by (pod) (ex_joins_total{namespace="ex",container="ex",endpoint="http"})',
    },
    {
      name: "the label of a Service, of a service that a ServiceMonitor scrapes",
      ...scraped("service-monitor"),
      query: "sum by (service) (ex_joins_total)",
    },
    {
      name: "the labels that an agent adds",
      ...scraped("plain", ["cluster"]),
      query: 'sum by (cluster) (ex_joins_total{cluster="eu-1"})',
    },
    { name: "group_left", query: "ex_joins_total * on (job, instance) group_left up" },
    { name: "an own label excluded under the operator's name", query: 'sum(ex_joins_total{exported_status!~"a|b"})' },
  ],
  reported: [
    {
      name: "a node where kube-state-metrics tells of none",
      query: "sum by (node) (kube_pod_status_ready)",
      findings: [
        `${panel}: the panel groups by "node", which its operand does not have. It has namespace, pod, condition, uid, job, instance. Did you mean "pod"?`,
      ],
    },
    {
      name: "the uid of a pod, of which cAdvisor knows nothing",
      query: 'sum(container_memory_working_set_bytes{uid="x"})',
      findings: [
        `${panel}: the panel matches on "uid", which is no label of container_memory_working_set_bytes. It has namespace, pod, container, id, image, name, job, instance. Did you mean "id"?`,
      ],
    },
    {
      name: "a misspelt label of an exporter",
      query: "count by (created_by_knd) (kube_pod_info)",
      findings: [
        `${panel}: the panel groups by "created_by_knd", which its operand does not have. It has namespace, pod, pod_ip, uid, host_ip, node, created_by_kind, created_by_name, priority_class, host_network, job, instance. Did you mean "created_by_kind"?`,
      ],
    },
    {
      name: "a label of the operator, of a service that plain Prometheus scrapes",
      query: "sum by (pod) (ex_joins_total)",
      findings: [
        `${panel}: the panel groups by "pod", which its operand does not have. It has status, job, instance. Did you mean "job"?`,
      ],
    },
    {
      name: "the label of a Service, of a service that a PodMonitor scrapes",
      ...scraped("pod-monitor"),
      query: "sum by (service) (ex_joins_total)",
      findings: [
        `${panel}: the panel groups by "service", which its operand does not have. It has status, job, instance, namespace, pod, container, endpoint.`,
      ],
    },
    {
      name: "a label of another agent",
      ...scraped("plain", ["region"]),
      query: 'sum(ex_joins_total{cluster="eu-1"})',
      findings: [
        `${panel}: the panel matches on "cluster", which is no label of ex_joins_total. It has status, job, instance, region.`,
      ],
    },
    {
      name: "a matcher",
      query: 'sum(ex_joins_total{statu="success"})',
      findings: [
        `${panel}: the panel matches on "statu", which is no label of ex_joins_total. It has status, job, instance. Did you mean "status"?`,
      ],
    },
    {
      name: "an own label required under the operator's name, which plain Prometheus does not have",
      query: 'sum(ex_joins_total{exported_status="success"})',
      findings: [
        `${panel}: the panel matches on "exported_status", which is no label of ex_joins_total. It has status, job, instance.`,
      ],
    },
    {
      name: "another metric's label under the operator's name",
      query: 'sum(ex_joins_total{exported_actor!="a"})',
      findings: [
        `${panel}: the panel matches on "exported_actor", which is no label of ex_joins_total. It has status, job, instance.`,
      ],
    },
    {
      name: "a grouping",
      query: "max by (actor) (ex_depth)",
      findings: [`${panel}: the panel groups by "actor", which its operand does not have. It has actor_type, job, instance.`],
    },
    {
      name: "a grouping over what an aggregation dropped",
      query: "max by (status) (sum by (instance) (ex_joins_total))",
      findings: [`${panel}: the panel groups by "status", which its operand does not have. It has instance.`],
    },
    {
      name: "a pod's name alone, which plain Prometheus does not add",
      query: 'sum(ex_joins_total{pod=~"ex-.+"})',
      findings: [
        `${panel}: the panel matches on "pod", which is no label of ex_joins_total. It has status, job, instance. Did you mean "job"?`,
      ],
    },
    {
      name: "a pod's name beside a half that takes all series without one",
      query: 'sum(ex_joins_total{pod=~"ex-.+"}) or sum(ex_joins_total{pod=""})',
      findings: [
        `${panel}: the panel matches on "pod", which is no label of ex_joins_total. It has status, job, instance. Did you mean "job"?`,
      ],
    },
    {
      name: "a pod's name beside a half that finds other series",
      query: `sum(ex_depth{pod=~"ex-.+"}) or sum(
        label_replace(ex_joins_total, "pod_ip", "$1", "instance", "(.+):.+") * on (pod_ip) group_left (pod) kube_pod_info)`,
      findings: [
        `${panel}: the panel matches on "pod", which is no label of ex_depth. It has actor_type, job, instance. Did you mean "job"?`,
      ],
    },
    {
      name: "another label beside a pod's name that may be used",
      query: `sum(ex_joins_total{pod=~"ex-.+",container="app"}) or sum(
        label_replace(ex_joins_total{pod=""}, "pod_ip", "$1", "instance", "(.+):.+") * on (pod_ip) group_left (pod) kube_pod_info)`,
      findings: [
        `${panel}: the panel matches on "container", which is no label of ex_joins_total. It has status, job, instance.`,
      ],
    },
    {
      name: "le on what is no bucket",
      query: "sum by (le) (rate(ex_latency_seconds_count[5m]))",
      findings: [`${panel}: the panel groups by "le", which its operand does not have. It has status, job, instance.`],
    },
  ],
});
