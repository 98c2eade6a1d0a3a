import type { Metric } from "../model/metric";
import { replacedLabels, type Scrape } from "../model/scrape";
import { subjectIn, type Service } from "../model/service";
import { problem, type Check } from "./check";

/** No metric declares a label of its own that its series have under another name, because the scrape sets that one itself. */
export const ownLabelKeepsItsName: Check = {
  id: "own-label-keeps-its-name",
  description: "No label of a metric is one that the scrape of its service, or its environment, sets on every series.",
  severity: "error",
  run: ({ services, seriesLabels = [] }) =>
    services.flatMap((service) =>
      Object.values(service.metrics).flatMap((metric) =>
        [...renamed(metric, service.workload?.scrape), ...doubled(metric, [...seriesLabels, ...external(service)])].map(
          (message) => problem(subjectIn(service, "metrics", metric), message),
        ),
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

/** An external label is added where there is none; a label that somebody relabels takes the place of one. */
function doubled({ labels }: Metric, added: readonly string[]): readonly string[] {
  return [...new Set(added)]
    .filter((label) => label in labels)
    .map(
      (label) =>
        `declares the label "${label}", which is added to every series as well (seriesLabels and externalLabels of the stack, ` +
        `externalLabels of the scrape): a series has only one of both. Give one of them another name.`,
    );
}

function external({ workload }: Service): readonly string[] {
  return workload?.scrape?.externalLabels ?? [];
}
