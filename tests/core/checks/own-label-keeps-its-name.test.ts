import { ownLabelKeepsItsName } from "../../../core/checks/own-label-keeps-its-name";
import { counter } from "../../../core/model/metric";
import type { Scrape } from "../../../core/model/scrape";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const workload = exampleModel().services[0]?.workload;
const scraped = (label: string, scrape: Scrape) => ({
  metrics: { extra: counter("ex_extra_total", { unit: "x", help: "x", labels: { [label]: ["a", "b"] } }) },
  service: workload ? { workload: { ...workload, scrape } } : {},
});
const doubled =
  'services/ex/metrics.ts ex_extra_total: declares the label "cluster", which is added to every series as well (seriesLabels and externalLabels of the stack, externalLabels of the scrape): a series has only one of both. Give one of them another name.';
const finding = (label: string, by: string): readonly string[] => [
  `services/ex/metrics.ts ex_extra_total: declares the label "${label}", which ${by} sets itself: its series have the metric's own as "exported_${label}". Declare it under that name, or write honorLabels: true into the scrape of the workload.`,
];

testCheck(ownLabelKeepsItsName, {
  accepted: [
    { name: "a label that only the operator sets, as plain Prometheus scrapes", ...scraped("endpoint", { by: "plain" }) },
    { name: "a label that only a ServiceMonitor sets, of a PodMonitor", ...scraped("service", { by: "pod-monitor" }) },
    { name: "the metric's own where it wins", ...scraped("endpoint", { by: "pod-monitor", honorLabels: true }) },
    { name: "the name that it comes to have", ...scraped("exported_endpoint", { by: "service-monitor" }) },
    { name: "one beside those of an agent", ...scraped("zone", { by: "plain", externalLabels: ["cluster"] }) },
    { name: "a label of another name", ...scraped("pod_name", { by: "service-monitor" }) },
    { name: "a label beside the namespace that a scrape may add", ...scraped("namespace", { by: "plain" }) },
  ],
  reported: [
    {
      name: "one that an agent adds to every series",
      ...scraped("cluster", { by: "plain", externalLabels: ["cluster"] }),
      findings: [doubled],
    },
    {
      name: "one that the stack says every series has",
      ...scraped("cluster", { by: "pod-monitor" }),
      model: { seriesLabels: ["cluster"] },
      findings: [doubled],
    },
    ...["endpoint", "pod", "container", "namespace", "job", "instance"].map((label) => ({
      name: `${label}, of a PodMonitor`,
      ...scraped(label, { by: "pod-monitor" as const }),
      findings: finding(label, "a PodMonitor"),
    })),
    {
      name: "service, of a ServiceMonitor",
      ...scraped("service", { by: "service-monitor" }),
      findings: finding("service", "a ServiceMonitor"),
    },
    {
      name: "instance, of plain Prometheus",
      ...scraped("instance", { by: "plain" }),
      findings: finding("instance", "Prometheus"),
    },
    {
      name: "namespace, where plain Prometheus is told to set it",
      ...scraped("namespace", { by: "plain", namespaceLabel: true }),
      findings: finding("namespace", "Prometheus"),
    },
  ],
});
