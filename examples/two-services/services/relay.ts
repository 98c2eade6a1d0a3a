import { alert, counter, fires, panel, promql, quiet, rate, series, where } from "@dark-tower/observability";
import type { RunbookSection, Service } from "@dark-tower/observability";

/** What sets one relay apart from another. */
interface Relay {
  /** Begins the names of its metrics, and names its folders. */
  readonly id: string;
  readonly title: string;
  readonly failing: RunbookSection;
}

/** A service that hands messages on: two of them are the same but for their names. */
export function relay({ id, title, failing }: Relay): Service {
  const sent = counter(`${id}_sent_total`, {
    unit: "messages",
    help: "Messages handed to the relay.",
    labels: { status: ["success", "error"] },
  });
  const failureRatio = panel("failure-ratio", {
    title: "Messages that fail",
    shows: "Share of the messages that the relay refused.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`sum(rate(${where(sent, { status: "error" })}[$__rate_interval])) / sum(rate(${sent}[$__rate_interval]))`,
        legend: "refused",
      },
    },
  });
  const told = { expect: { type: "nothing" }, because: "The cluster's own alerts watch pods and scrapes." } as const;
  const situations = ["crash-loop", "every-second-scrape", "one-not-scraped", "one-gone", "all-not-scraped", "all-gone"];
  return {
    id,
    title,
    metricPrefix: `${id}_`,
    alertPrefix: title,
    workload: {
      name: title,
      namespace: id,
      deployments: [{ name: id, replicas: 1 }],
      job: id,
      port: 8080,
      scrape: { by: "pod-monitor", podLabels: { app: id }, intervalSeconds: 30 },
      limits: { cpuCores: 1, memoryBytes: 256 * 1024 ** 2 },
    },
    metrics: { sent },
    dashboards: [{ uid: id, title, description: "Messages on their way.", rows: [{ title: "Errors", panels: [failureRatio] }] }],
    recordingRules: [],
    alerts: [
      alert(`${title}Failing`, {
        panel: failureRatio,
        when: { above: 0.05 },
        for: "5m",
        severity: "page",
        summary: "{{ $value | humanizePercentage }} of the messages fail",
        impact: "Messages do not arrive.",
        runbook: failing,
        examples: [
          fires({
            input: [series(sent, { status: "success" }, "0+54x20"), series(sent, { status: "error" }, "0+6x20")],
            at: "6m",
            labels: {},
            value: "10%",
          }),
          quiet("every message is taken", { input: [series(sent, { status: "success" }, "0+60x20")], until: "20m" }),
        ],
      }),
    ],
    slos: [],
    goodDay: { traffic: [rate(sent, { status: "success" }, { perMinute: 60 })], background: [] },
    situations: Object.fromEntries([...situations, "kube-state-metrics-gone", "metric-gone"].map((name) => [name, told])),
  };
}
