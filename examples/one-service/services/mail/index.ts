import { alert, counter, fires, panel, promql, quiet, rate, series, where, type Service } from "@dark-tower/observability";
import { runbooks } from "../../runbooks/sections";

const sent = counter("mail_sent_total", {
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

const failing = alert("MailFailing", {
  panel: failureRatio,
  when: { above: 0.05 },
  for: "5m",
  severity: "page",
  summary: "{{ $value | humanizePercentage }} of the messages fail",
  impact: "Invitations do not arrive.",
  runbook: runbooks.mail.incidentResponse["scenario-1-messages-fail"],
  examples: [
    fires({
      input: [series(sent, { status: "success" }, "0+54x20"), series(sent, { status: "error" }, "0+6x20")],
      at: "6m",
      labels: {},
      value: "10%",
    }),
    quiet("every message is taken", { input: [series(sent, { status: "success" }, "0+60x20")], until: "20m" }),
  ],
});

// Pods that are gone are told by the alerts of those who run the cluster, for all services there.
const toldByTheCluster = Object.fromEntries(
  [
    "crash-loop",
    "every-second-scrape",
    "one-not-scraped",
    "one-gone",
    "all-not-scraped",
    "all-gone",
    "kube-state-metrics-gone",
    "metric-gone",
  ].map((situation) => [situation, { expect: { type: "nothing" }, because: "The cluster's own alerts watch pods and scrapes." }]),
) satisfies Service["situations"];

/** Sends invitations to meetings. */
export const mail: Service = {
  id: "mail",
  title: "Mail",
  metricPrefix: "mail_",
  alertPrefix: "Mail",
  workload: {
    name: "Mail",
    namespace: "mail",
    deployments: [{ name: "mail", replicas: 1 }],
    job: "mail",
    port: 8080,
    limits: { cpuCores: 1, memoryBytes: 256 * 1024 ** 2 },
  },
  metrics: { sent },
  dashboards: [
    { uid: "mail", title: "Mail", description: "Invitations on their way.", rows: [{ title: "Errors", panels: [failureRatio] }] },
  ],
  recordingRules: [],
  alerts: [failing],
  slos: [],
  goodDay: { traffic: [rate(sent, { status: "success" }, { perMinute: 60 })], background: [] },
  situations: toldByTheCluster,
};
