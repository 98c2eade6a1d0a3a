import { alert, counter, dashboard, panel, rate, ratio, service, type Service } from "@dark-tower/observability";
import { runbooks } from "../../runbooks/sections";

const sent = counter("mail_sent_total", {
  unit: "messages",
  help: "Messages handed to the relay.",
  labels: { status: ["success", "error"] },
});

const failureRatio = panel("failure-ratio", {
  title: "Messages that fail",
  description: "Share of the messages that the relay refused.",
  of: ratio(sent, { bad: { status: "error" } }),
});

const failing = alert("MailFailing", {
  panel: failureRatio,
  above: 0.05,
  severity: "page",
  summary: "{value} of the messages fail",
  impact: "Invitations do not arrive.",
  runbook: runbooks.mail.incidentResponse["scenario-1-messages-fail"],
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
export const mail = service("mail", {
  title: "Mail",
  workload: {
    name: "Mail",
    namespace: "mail",
    deployments: [{ name: "mail", replicas: 1 }],
    job: "mail",
    port: 8080,
    limits: { cpuCores: 1, memoryBytes: 256 * 1024 ** 2 },
  },
  metrics: { sent },
  dashboards: [dashboard("mail", { title: "Mail", description: "Invitations on their way.", rows: { Errors: [failureRatio] } })],
  alerts: { failing },
  goodDay: { traffic: [rate(sent, { status: "success" }, { perMinute: 60 })], background: [] },
  situations: toldByTheCluster,
});
