import {
  alert,
  dashboard,
  expression,
  fires,
  type InputSeries,
  panel,
  platform,
  promql,
  quiet,
  series,
  service,
} from "../core/model";
import { runbooks } from "../runbooks/sections";

const panels = {
  targets: panel("targets", {
    title: "Targets that answer",
    description: "How many scrape targets answer Prometheus. A Prometheus that reaches none can tell of nothing.",
    of: expression(promql`count(${platform.up} == 1)`, "short", "up"),
  }),
  rules: panel("rule-failures", {
    title: "Rules that cannot be evaluated",
    description: "Evaluations that failed, by rule group. An alert in such a group is silent.",
    of: expression(promql`sum by (rule_group) (increase(${platform.ruleFailures}[15m]))`, "short", "{{rule_group}}"),
  }),
  sent: panel("alerts-not-sent", {
    title: "Alerts that reach no Alertmanager",
    description: "Alerts that Prometheus dropped because no Alertmanager took them.",
    of: expression(promql`sum(increase(${platform.alertsNotSent}[15m]))`, "short", "dropped"),
  }),
  delivered: panel("notifications-failed", {
    title: "Notifications that reach nobody",
    description: "Notifications that Alertmanager could not deliver, by the kind of receiver.",
    of: expression(promql`sum by (integration) (increase(${platform.notificationsFailed}[15m]))`, "short", "{{integration}}"),
  }),
};

const up = (instance: string, values: string): InputSeries => series(platform.up, { job: "any", instance }, values);

const watchdog = alert("AlertingWatchdog", {
  panel: panels.targets,
  above: 0,
  for: "0m",
  severity: "none",
  summary: "Alerting works: this alert always fires",
  impact: "None. When it stays away, nobody is told of anything.",
  runbook: runbooks.alerting.incidentResponse["scenario-1-the-watchdog-is-silent"],
  examples: [
    fires({ input: [up("one", "1x10"), up("two", "0x10")], at: "0m", value: 1 }),
    quiet("no target answers", { input: [up("one", "0x10")], until: "10m" }),
  ],
});

/** What tells that alerting itself works. It is deployed where somebody listens: see the setting `receivers`. */
export const alertingService = service("alerting", {
  title: "Alerting",
  dashboards: [
    dashboard("alerting-overview", {
      title: "Alerting overview",
      description: "Whether what fires reaches people: from the scrape to the notification.",
      rows: { Watchdog: [panels.targets, panels.rules], Notifications: [panels.sent, panels.delivered] },
    }),
  ],
  alerts: { watchdog },
});
