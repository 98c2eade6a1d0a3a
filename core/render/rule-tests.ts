import type { Alert } from "../model/alert";
import { toSeconds } from "../model/duration";
import type { Example, InputSeries } from "../model/example";
import { groupBy } from "../model/group-by";
import type { ModelIndex } from "../model/model";
import type { Service } from "../model/service";
import { expandTemplate, type TemplateData } from "../model/template/expand";
import { renderAlert, type AlertingRule } from "./alert";
import type { ResolvedEnvironment } from "./environment";
import { renderRuleGroups, type RuleGroup } from "./rule-groups";

/** A file for `promtool test rules`, https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/. */
export interface RuleTestFile {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  /** promtool's order is otherwise random, and an alert may read a recorded query. */
  readonly group_eval_order: readonly string[];
  readonly tests: readonly RuleTest[];
}

interface RuleTest {
  readonly name: string;
  readonly interval: string;
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

/** A test file, and the rules that it loads from the file that it names. */
export interface RuleTestSuite {
  readonly name: string;
  readonly rules: { readonly groups: readonly RuleGroup[] };
  readonly tests: RuleTestFile;
}

/**
 * The examples of a service's alerts as promtool runs them. A file has one evaluation interval, and promtool
 * evaluates all its rules for each of its tests: so each alert is tested alone, or with its own rule group.
 */
export function renderRuleTests(service: Service, index: ModelIndex, environment: ResolvedEnvironment): readonly RuleTestSuite[] {
  const ownGroups = new Set(service.alerts.map(({ group }) => group));
  const examples = service.alerts.flatMap((alert) => alert.examples.map((example) => ({ alert, example })));
  const suites = groupBy(examples, ({ alert, example }) => `${alert.group ?? alert.name}-${example.every ?? "1m"}`);
  return [...suites].map(([suite, members]) => {
    const name = `${service.id}-${suite}`;
    const [first] = members;
    const group = first?.alert.group;
    const loaded: Service = {
      ...service,
      alerts: service.alerts.filter((alert) => (group === undefined ? alert === first?.alert : alert.group === group)),
      recordingRules: service.recordingRules.filter((rule) => rule.group === group || !ownGroups.has(rule.group)),
    };
    const groups = renderRuleGroups(loaded, index, environment);
    const every = first?.example.every ?? "1m";
    const tests = {
      rule_files: [`${name}.rules.yaml`],
      evaluation_interval: every,
      group_eval_order: groups.map((ruleGroup) => ruleGroup.name),
      tests: members.map(({ alert, example }) => ({
        name: `${alert.name} ${example.type === "fires" ? `fires at ${example.at}` : `is quiet: ${example.because}`}`,
        interval: example.samplesEvery ?? every,
        input_series: example.input.map((series) => renderSeries(series, service)),
        alert_rule_test: expectations(example, alert, renderAlert(alert, service, index, environment)),
      })),
    };
    return { name, rules: { groups }, tests };
  });
}

/** Firing at its step, not the step before, and resolved in time; or quiet all along. */
function expectations(example: Example, alert: Alert, { annotations, labels }: AlertingRule): readonly Expectation[] {
  const step = toSeconds(example.every ?? "1m");
  const quietAt = (seconds: number): Expectation => ({ alertname: alert.name, eval_time: `${seconds}s`, exp_alerts: [] });
  if (example.type === "quiet") {
    const steps = toSeconds(example.until) / step;
    const moments = Array.from({ length: quietMoments }, (_, moment) => Math.round((steps * (moment + 1)) / quietMoments) * step);
    return [...new Set(moments)].map(quietAt);
  }
  const at = toSeconds(example.at);
  const firing: Expectation = {
    alertname: alert.name,
    eval_time: `${at}s`,
    exp_alerts: [
      {
        exp_labels: { ...example.labels, ...expanded(labels, example) },
        exp_annotations: expanded(annotations, { ...example, labels: { ...example.labels, ...labels } }),
      },
    ],
  };
  return [
    ...(at === 0 ? [] : [quietAt(at - step)]),
    firing,
    ...(example.resolvedBy === undefined ? [] : [quietAt(toSeconds(example.resolvedBy))]),
  ];
}

/** The texts as Prometheus expands them for one series. */
function expanded(texts: Readonly<Record<string, string>>, example: TemplateData): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, expandTemplate(text, example)]));
}

/** A series with the target labels that Prometheus would add when it scrapes the service. */
function renderSeries({ name, labels, values }: InputSeries, service: Service): { series: string; values: string } {
  const { workload } = service;
  const scraped = workload && name.startsWith(service.metricPrefix) ? { job: workload.job, instance: `${service.id}-0` } : {};
  const matchers = Object.entries({ ...scraped, ...labels }).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { series: `${name}{${matchers.join(", ")}}`, values };
}
