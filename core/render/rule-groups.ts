import type { Alert } from "../model/alert";
import type { Duration } from "../model/duration";
import { groupBy } from "../model/group-by";
import { seriesLabelsOf } from "../model/installation";
import type { ModelIndex } from "../model/model";
import type { Service } from "../model/service";
import { sloGroup, sloInterval } from "../model/slo-queries";
import { renderAlert, type AlertingRule } from "./alert";
import type { ResolvedEnvironment } from "./environment";

/** A recording rule as Prometheus reads it. */
export interface StoredQuery {
  readonly record: string;
  readonly expr: string;
  /** What tells what is recorded from that of another installation, though the query aggregates it away. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A group of rules, which Prometheus evaluates one after the other. */
export interface RuleGroup {
  readonly name: string;
  /** How often it is evaluated. As Prometheus is configured when left out. */
  readonly interval?: Duration;
  readonly rules: readonly (AlertingRule | StoredQuery)[];
}

/** Rulers that count the rules of a group (Mimir, Cortex) allow so many by default. */
const rulesPerGroup = 20;

/**
 * The rule groups of a service: its recording rules, then its alerts by the dashboard row that shows them,
 * so that an alert stays in its group, and keeps its state, when others come and go. Rules that name a group
 * of their own are evaluated there together, what is recorded before what reads it.
 */
export function renderRuleGroups(service: Service, index: ModelIndex, environment: ResolvedEnvironment): readonly RuleGroup[] {
  const recordings = groupBy(service.recordingRules, ({ group }) => group ?? "recording");
  const alerts = groupBy(service.alerts, (alert) => alert.group ?? slug(rowOf(alert, service)));
  const told = seriesLabelsOf(index.installation);
  const objectives = new Set(service.slos.map(sloGroup));
  return [...new Set([...recordings.keys(), ...alerts.keys()])].flatMap((group) =>
    split({
      name: `${service.id}-${group}`,
      ...(objectives.has(group) && { interval: sloInterval }),
      rules: [
        ...(recordings.get(group) ?? []).map(({ name, query, labels }) => ({
          record: name,
          expr: query.expr,
          ...((labels !== undefined || Object.keys(told).length > 0) && { labels: { ...labels, ...told } }),
        })),
        ...(alerts.get(group) ?? []).map((alert) => renderAlert(alert, service, index, environment)),
      ],
    }),
  );
}

function split({ name, rules, ...rest }: RuleGroup): readonly RuleGroup[] {
  const groups: RuleGroup[] = [];
  for (let start = 0; start < rules.length; start += rulesPerGroup) {
    const number = start / rulesPerGroup + 1;
    groups.push({
      name: number === 1 ? name : `${name}-${number}`,
      ...rest,
      rules: rules.slice(start, start + rulesPerGroup),
    });
  }
  return groups;
}

function rowOf(alert: Alert, service: Service): string {
  const rows = service.dashboards.flatMap((dashboard) => dashboard.rows);
  return rows.find((row) => row.panels.includes(alert.panel))?.title ?? "alerts";
}

function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
