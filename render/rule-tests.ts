import type { Alert } from "../model/alert";
import { toSeconds } from "../model/duration";
import type { Example, InputSeries } from "../model/example";
import type { ModelIndex } from "../model/model";
import type { Service } from "../model/service";
import { alertLabels, renderAlert, type AlertingRule } from "./alert";
import type { Links } from "./links";
import { renderRuleGroups } from "./rule-groups";

/** A file for `promtool test rules`, https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/. */
export interface RuleTestFile {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: "1m";
  /** promtool's order is otherwise random, and an alert may read a recorded query. */
  readonly group_eval_order: readonly string[];
  readonly tests: readonly RuleTest[];
}

interface RuleTest {
  readonly name: string;
  readonly interval: "1m";
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly Expectation[];
}

interface Expectation {
  readonly alertname: string;
  readonly eval_time: string;
  readonly exp_alerts: readonly {
    readonly exp_labels: Readonly<Record<string, string>>;
    readonly exp_annotations: Readonly<Record<string, string>>;
  }[];
}

/** At so many moments a quiet example is looked at. */
const quietMoments = 10;

/** The examples of a service's alerts as promtool runs them against the rules in `ruleFile`. */
export function renderRuleTests(service: Service, index: ModelIndex, links: Links, ruleFile: string): RuleTestFile {
  return {
    rule_files: [ruleFile],
    evaluation_interval: "1m",
    group_eval_order: renderRuleGroups(service, index, links).map(({ name }) => name),
    tests: service.alerts.flatMap((alert) =>
      alert.examples.map((example) => ({
        name: `${alert.name} ${example.type === "fires" ? `fires at ${example.at}` : `is quiet: ${example.because}`}`,
        interval: "1m" as const,
        input_series: example.input.map((series) => renderSeries(series, service)),
        alert_rule_test: expectations(example, alert, renderAlert(alert, service, index, links), alertLabels(alert, service)),
      })),
    ),
  };
}

/** Firing at its minute and not the minute before; or quiet all along. */
function expectations(
  example: Example,
  alert: Alert,
  { annotations }: AlertingRule,
  ownLabels: Readonly<Record<string, string>>,
): readonly Expectation[] {
  const quietAt = (minute: number): Expectation => ({ alertname: alert.name, eval_time: `${minute}m`, exp_alerts: [] });
  if (example.type === "quiet") {
    const last = Math.ceil(toSeconds(example.until) / 60);
    const minutes = Array.from({ length: quietMoments }, (_, moment) => Math.round((last * (moment + 1)) / quietMoments));
    return [...new Set(minutes)].map(quietAt);
  }
  const minute = Math.round(toSeconds(example.at) / 60);
  const firing: Expectation = {
    alertname: alert.name,
    eval_time: `${minute}m`,
    exp_alerts: [
      {
        exp_labels: { ...example.labels, ...ownLabels },
        exp_annotations: Object.fromEntries(
          Object.entries(annotations).map(([key, text]) => [key, expand(text, example.labels, example.value)]),
        ),
      },
    ],
  };
  return minute === 0 ? [firing] : [quietAt(minute - 1), firing];
}

/** The annotation as Prometheus expands it for one series. */
function expand(template: string, labels: Readonly<Record<string, string>>, value: string): string {
  return template
    .replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "")
    .replace(/\{\{[^}]*\$value\b[^}]*\}\}/g, value);
}

/** A series with the target labels that Prometheus would add when it scrapes the service. */
function renderSeries({ name, labels, values }: InputSeries, service: Service): { series: string; values: string } {
  const scraped = name.startsWith(service.metricPrefix) ? { job: service.job, instance: `${service.id}-0` } : {};
  const matchers = Object.entries({ ...scraped, ...labels }).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { series: `${name}{${matchers.join(", ")}}`, values };
}
