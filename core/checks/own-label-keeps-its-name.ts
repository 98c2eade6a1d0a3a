import type { Metric } from "../model/metric";
import { replacedLabels, type Scrape } from "../model/scrape";
import { subjectIn } from "../model/service";
import { problem, type Check } from "./check";

/** No metric declares a label of its own that its series have under another name, because the scrape sets that one itself. */
export const ownLabelKeepsItsName: Check = {
  id: "own-label-keeps-its-name",
  description: "No label of a metric is one that the scrape of its service sets itself, so that the metric's own is renamed.",
  severity: "error",
  run: ({ services }) =>
    services.flatMap((service) =>
      Object.values(service.metrics).flatMap((metric) =>
        renamed(metric, service.workload?.scrape).map((message) => problem(subjectIn(service, "metrics", metric), message)),
      ),
    ),
};

const scrapers: Readonly<Record<Scrape["by"], string>> = {
  plain: "Prometheus",
  "pod-monitor": "a PodMonitor",
  "service-monitor": "a ServiceMonitor",
};

function renamed({ labels }: Metric, scrape: Scrape = { by: "plain" }): readonly string[] {
  return replacedLabels(scrape)
    .filter((label) => label in labels)
    .map(
      (label) =>
        `declares the label "${label}", which ${scrapers[scrape.by]} sets itself: its series have the metric's own as "exported_${label}". ` +
        `Declare it under that name, or write honorLabels: true into the scrape of the workload.`,
    );
}
