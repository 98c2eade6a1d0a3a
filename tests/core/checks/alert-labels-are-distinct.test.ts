import { alertLabelsAreDistinct } from "../../../core/checks/alert-labels-are-distinct";
import { counter, gauge } from "../../../core/model/metric";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { metrics } from "./example";
import { testCheck } from "./rows";

const alert = "services/ex/alerts.ts EXDeep";
const byService = gauge("ex_depth", {
  unit: "messages",
  help: "Waiting.",
  labels: { actor_type: ["Meeting"], service: ["a", "b"] },
});
const bySeverity = counter("ex_logs_total", { unit: "lines", help: "Lines.", labels: { severity: ["error", "warning"] } });
const own = (text: string) => ({ when: { expression: queryOf(text), trigger: "it is so" } });
const lost = (label: string): string =>
  `${alert}: keeps the label "${label}" of its series, and the rule sets it too: what the series say is lost, and two of them are refused as one. ` +
  "Aggregate it away, or keep it under another name with label_replace.";

testCheck(alertLabelsAreDistinct, {
  accepted: [
    ...["_team", "Severity", "burn_rate", "a__b"].map((label) => ({
      name: `the label ${label}`,
      alert: { labels: { [label]: "x" } },
    })),
    { name: "own labels beside those of the series", alert: { labels: { team: "x", slo: "y" } } },
    {
      name: "a label that is aggregated away",
      metrics: { ...metrics, depth: byService },
      alert: own("max by (actor_type) (ex_depth) > 1"),
    },
    {
      name: "a label by which series are only chosen",
      metrics: { ...metrics, depth: byService },
      alert: own('sum(ex_depth{service="a"}) > 1'),
    },
    {
      name: "a label that is kept under another name",
      metrics: { ...metrics, depth: byService },
      alert: own('max by (of_service) (label_replace(ex_depth, "of_service", "$1", "service", "(.*)")) > 1'),
    },
    {
      name: "a namespace by which sides are matched",
      alert: own("max by (pod) (kube_pod_created * on (namespace, pod) kube_pod_created) > 1"),
    },
    {
      name: "a recording rule's label beside those of its query",
      service: {
        recordingRules: [
          recordingRule("ex:ex_depth:max", { query: queryOf("max by (actor_type) (ex_depth)"), labels: { team: "x" } }),
        ],
      },
    },
    { name: "a label whose name only begins alike", alert: { labels: { service_tier: "1", severity_reason: "x" } } },
  ],
  reported: [
    {
      name: "a recording rule's own label that its query keeps",
      service: {
        recordingRules: [
          recordingRule("ex:ex_depth:max", { query: queryOf("max by (actor_type) (ex_depth)"), labels: { actor_type: "x" } }),
        ],
      },
      findings: [lost("actor_type").replace(alert, "services/ex/recording-rules.ts ex:ex_depth:max")],
    },
    ...["__name__", "__x", "", "my-label", "1st", "a.b"].map((label) => ({
      name: `a label that is no name: ${JSON.stringify(label)}`,
      alert: { labels: { [label]: "x" } },
      findings: [
        `${alert}: sets the label "${label}", which is no name of a label. Write letters, digits and underscores, of which not two come first.`,
      ],
    })),
    ...[
      ["service", 'count_values("service", ex_depth) > 1'],
      ["severity", 'label_replace(ex_depth, "severity", "x", "", "") > 1'],
      ["namespace", 'absent(up{namespace="x"})'],
      ["namespace", "kube_pod_created > 1"],
    ].map(([label = "", query = ""]) => ({ name: `${label} of ${query}`, alert: own(query), findings: [lost(label)] })),
    {
      name: "the service of the series",
      metrics: { ...metrics, depth: byService },
      alert: own("max by (actor_type, service) (ex_depth) > 1"),
      findings: [lost("service")],
    },
    {
      name: "the namespace of the pods",
      alert: own("max by (namespace, pod) (kube_pod_created) > 1"),
      findings: [lost("namespace")],
    },
    {
      name: "a severity of log lines",
      metrics: { ...metrics, logs: bySeverity },
      alert: own("rate(ex_logs_total[5m]) > 1"),
      findings: [lost("severity")],
    },
    { name: "an own label", alert: { labels: { actor_type: "x" } }, findings: [lost("actor_type")] },
    {
      name: "a label that one side of or keeps",
      metrics: { ...metrics, depth: byService },
      alert: own("max by (service) (ex_depth) > 1 or absent(ex_joins_total) > 0"),
      findings: [lost("service")],
    },
    {
      name: "labels that the program sets",
      alert: { labels: { severity: "page", alertname: "Other", alertstate: "x", workload_namespace: "x" } },
      findings: ["severity", "alertname", "alertstate", "workload_namespace"].map(
        (label) => `${alert}: sets the label "${label}", which the program sets itself. Choose another name.`,
      ),
    },
  ],
});
