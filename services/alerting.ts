import { alert } from "../core/model/alert";
import { fires, quiet, series } from "../core/model/example";
import { panel } from "../core/model/panel";
import { promql } from "../core/model/query";
import type { Service } from "../core/model/service";
import { runbooks } from "../runbooks/sections";
import { platform } from "./platform";

const panels = {
  targets: panel("targets", {
    title: "Targets that answer",
    shows: "How many scrape targets answer Prometheus. A Prometheus that reaches none can tell of nothing.",
    unit: "short",
    queries: { up: { query: promql`count(${platform.up} == 1)`, legend: "up" } },
  }),
  rules: panel("rule-failures", {
    title: "Rules that cannot be evaluated",
    shows: "Evaluations that failed, by rule group. An alert in such a group is silent.",
    unit: "short",
    queries: {
      group: { query: promql`sum by (rule_group) (increase(${platform.ruleFailures}[15m]))`, legend: "{{rule_group}}" },
    },
  }),
  sent: panel("alerts-not-sent", {
    title: "Alerts that reach no Alertmanager",
    shows: "Alerts that Prometheus dropped because no Alertmanager took them.",
    unit: "short",
    queries: { dropped: { query: promql`sum(increase(${platform.alertsNotSent}[15m]))`, legend: "dropped" } },
  }),
  delivered: panel("notifications-failed", {
    title: "Notifications that reach nobody",
    shows: "Notifications that Alertmanager could not deliver, by the kind of receiver.",
    unit: "short",
    queries: {
      integration: {
        query: promql`sum by (integration) (increase(${platform.notificationsFailed}[15m]))`,
        legend: "{{integration}}",
      },
    },
  }),
};

const watchdog = alert("AlertingWatchdog", {
  panel: panels.targets,
  when: { above: 0 },
  for: "0m",
  severity: "none",
  summary: "Alerting works: this alert always fires",
  impact: "None. When it stays away, nobody is told of anything.",
  runbook: runbooks.alerting.incidentResponse["scenario-1-the-watchdog-is-silent"],
  examples: [
    fires({
      input: [
        series(platform.up, { job: "any", instance: "one" }, "1x10"),
        series(platform.up, { job: "any", instance: "two" }, "0x10"),
      ],
      at: "0m",
      labels: {},
      value: "1",
    }),
    quiet("no target answers", { input: [series(platform.up, { job: "any", instance: "one" }, "0x10")], until: "10m" }),
  ],
});

/** What tells that alerting itself works. It is deployed where somebody listens: see the setting `receivers`. */
export const alertingService: Service = {
  id: "alerting",
  title: "Alerting",
  metricPrefix: "alerting_",
  alertPrefix: "Alerting",
  metrics: {},
  dashboards: [
    {
      uid: "alerting-overview",
      title: "Alerting overview",
      description: "Whether what fires reaches people: from the scrape to the notification.",
      rows: [
        { title: "Watchdog", panels: [panels.targets, panels.rules] },
        { title: "Notifications", panels: [panels.sent, panels.delivered] },
      ],
    },
  ],
  recordingRules: [],
  alerts: [watchdog],
  slos: [],
};
