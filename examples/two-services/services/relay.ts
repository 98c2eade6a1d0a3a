import { alert, counter, dashboard, panel, rate, ratio, service } from "@dark-tower/observability";
import type { RunbookSection, Service } from "@dark-tower/observability";

/** What sets one relay apart from another. */
interface Relay {
  /** Begins the names of its metrics, and names its folders. */
  readonly id: string;
  readonly title: string;
  readonly failing: RunbookSection;
}

/** A service that hands messages on: two of them are the same but for their names. */
export function relay({ id, title, failing: runbook }: Relay): Service {
  const sent = counter(`${id}_sent_total`, {
    unit: "messages",
    help: "Messages handed to the relay.",
    labels: { status: ["success", "error"] },
  });
  const failureRatio = panel("failure-ratio", {
    title: "Messages that fail",
    description: "Share of the messages that the relay refused.",
    of: ratio(sent, { bad: { status: "error" } }),
  });
  const failing = alert(`${title}Failing`, {
    panel: failureRatio,
    above: 0.05,
    severity: "page",
    summary: "{value} of the messages fail",
    impact: "Messages do not arrive.",
    runbook,
  });
  const told = { expect: { type: "nothing" }, because: "The cluster's own alerts watch pods and scrapes." } as const;
  const scrapes = ["every-second-scrape", "one-not-scraped", "all-not-scraped", "kube-state-metrics-gone", "metric-gone"];
  return service(id, {
    title,
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
    dashboards: [dashboard(id, { title, description: "Messages on their way.", rows: { Errors: [failureRatio] } })],
    alerts: { failing },
    goodDay: { traffic: [rate(sent, { status: "success" }, { perMinute: 60 })], background: [] },
    situations: Object.fromEntries(["crash-loop", "one-gone", "all-gone", ...scrapes].map((name) => [name, told])),
  });
}
