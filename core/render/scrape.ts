import { stringify } from "yaml";
import type { Workload } from "../model/workload";
import { literalPattern } from "../model/literal-pattern";

/** Why nothing can be written that scrapes a workload; undefined where it can. */
export function whyNotScrapable({ scrape }: Workload): string | undefined {
  return Object.keys(scrape?.podLabels ?? {}).length > 0
    ? undefined
    : "its workload does not say by which labels its pods are found (scrape.podLabels).";
}

/** The spec of the PodMonitor of a workload. Its job is the declared one, whatever the operator would call it. */
export function renderPodMonitor(workload: Workload): Readonly<Record<string, unknown>> {
  const { namespace, port, job, scrape } = workload;
  return {
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: scrape?.podLabels ?? {} },
    podMetricsEndpoints: [
      {
        portNumber: port,
        path: scrape?.path ?? "/metrics",
        ...interval(workload),
        ...(scrape?.honorLabels === true && { honorLabels: true }),
        relabelings: [{ targetLabel: "job", replacement: job }],
      },
    ],
  };
}

/** The job of a workload as a file that `scrape_config_files` names, or to paste below `scrape_configs`. */
export function renderScrapeConfig(workload: Workload): string {
  const { namespace, port, job, scrape } = workload;
  const { scrapeInterval, ...rest } = { scrapeInterval: interval(workload).interval, metrics_path: scrape?.path ?? "/metrics" };
  const labels = Object.entries(scrape?.podLabels ?? {});
  const keep = (source: string, regex: string) => ({ source_labels: [source], regex, action: "keep" });
  return stringify({
    scrape_configs: [
      {
        job_name: job,
        ...(scrapeInterval !== undefined && { scrape_interval: scrapeInterval }),
        ...rest,
        ...(scrape?.honorLabels === true && { honor_labels: true }),
        kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [namespace] } }],
        relabel_configs: [
          ...labels.map(([name, value]) =>
            keep(`__meta_kubernetes_pod_label_${name.replace(/[^a-zA-Z0-9_]/g, "_")}`, literalPattern(value)),
          ),
          keep("__meta_kubernetes_pod_container_port_number", String(port)),
          keep("__meta_kubernetes_pod_phase", "Pending|Running"),
          ...(scrape?.namespaceLabel === true
            ? [{ source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" }]
            : []),
        ],
      },
    ],
  });
}

function interval({ scrape }: Workload): { readonly interval?: string } {
  return scrape?.intervalSeconds === undefined ? {} : { interval: `${scrape.intervalSeconds}s` };
}
