import type { CheckFailure } from "@pulumi/pulumi/provider";
import { asProperties, isProperties, type Properties } from "../provider/property-values";
import { renderYaml } from "../provider/manifest";

const maximumRuleBytes = 512 * 1024;
const duration = /^(0|(?=.)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Refuses the rules that the Prometheus operator's admission refuses, or worse, skips with only a log line. */
export function checkPrometheusRule(object: Properties): CheckFailure[] {
  const groups = asProperties(object["spec"])["groups"];
  if (!Array.isArray(groups)) return [{ property: "spec.groups", reason: "Missing: a PrometheusRule is a list of groups." }];
  const failures = [...groups.flatMap((group, index) => checkGroup(`spec.groups[${index}]`, group)), ...checkGroupNames(groups)];
  const bytes = Buffer.byteLength(renderYaml(object["spec"]));
  if (bytes <= maximumRuleBytes) return failures;
  return [
    ...failures,
    {
      property: "spec",
      reason: `${bytes} bytes; the Prometheus operator skips a rule object above ${maximumRuleBytes}. Split it by group.`,
    },
  ];
}

function checkGroupNames(groups: readonly unknown[]): CheckFailure[] {
  const names = groups.map((group) => asProperties(group)["name"]);
  const repeated = new Set(names.filter((name, index) => name !== undefined && names.indexOf(name) < index));
  return [...repeated].map((name) => ({
    property: "spec.groups",
    reason: `Two groups are named ${JSON.stringify(name)}; a name may occur once in an object.`,
  }));
}

function checkGroup(property: string, value: unknown): CheckFailure[] {
  const group = asProperties(value);
  const rules = group["rules"];
  const failures = checkDuration(`${property}.interval`, group["interval"]);
  if (typeof group["name"] !== "string" || group["name"] === "")
    failures.push({ property: `${property}.name`, reason: "Missing." });
  if (!Array.isArray(rules) || rules.length === 0)
    return [...failures, { property: `${property}.rules`, reason: "A group needs at least one rule." }];
  return [...failures, ...rules.flatMap((rule, index) => checkRule(`${property}.rules[${index}]`, asProperties(rule)))];
}

function checkRule(property: string, rule: Properties): CheckFailure[] {
  const { alert, record, expr } = { alert: rule["alert"], record: rule["record"], expr: rule["expr"] };
  const failures: CheckFailure[] = [];
  if ((alert === undefined) === (record === undefined)) {
    failures.push({
      property,
      reason: `A rule has either "alert" or "record"; this one has ${alert === undefined ? "neither" : "both"}.`,
    });
  }
  if (alert !== undefined && !isAlertName(alert))
    failures.push({
      property: `${property}.alert`,
      reason: `${JSON.stringify(alert)} is not an alert name: one line of text, not empty.`,
    });
  if (record !== undefined && !(typeof record === "string" && metricName.test(record))) {
    failures.push({
      property: `${property}.record`,
      reason: `${JSON.stringify(record)} is not a metric name: letters, digits, "_" and ":", not beginning with a digit.`,
    });
  }
  if (!hasExpression(expr)) failures.push({ property: `${property}.expr`, reason: "Empty." });
  return [
    ...failures,
    ...(record === undefined ? [] : checkRecordingRule(property, rule)),
    ...["for", "keep_firing_for"].flatMap((field) => checkDuration(`${property}.${field}`, rule[field])),
    ...["labels", "annotations"].flatMap((field) => checkLabelNames(`${property}.${field}`, rule[field])),
  ];
}

function checkRecordingRule(property: string, rule: Properties): CheckFailure[] {
  const misplaced = ["for", "keep_firing_for", "annotations"].filter((field) => rule[field] !== undefined);
  return misplaced.map((field) => ({
    property: `${property}.${field}`,
    reason: "A recording rule cannot have it; it belongs to an alert.",
  }));
}

function isAlertName(alert: unknown): boolean {
  return typeof alert === "string" && alert.trim() !== "" && !/[\r\n]/.test(alert);
}

function hasExpression(expr: unknown): boolean {
  return typeof expr === "number" || (typeof expr === "string" && expr.trim() !== "");
}

function checkDuration(property: string, value: unknown): CheckFailure[] {
  if (value === undefined || (typeof value === "string" && duration.test(value))) return [];
  return [
    {
      property,
      reason: `${JSON.stringify(value)} is not a duration: such as "30s", "5m" or "1h30m", units from large to small.`,
    },
  ];
}

function checkLabelNames(property: string, map: unknown): CheckFailure[] {
  if (map === undefined) return [];
  if (!isProperties(map)) return [{ property, reason: "Not a map of strings." }];
  return Object.entries(map).flatMap(([name, value]) => [
    ...(labelName.test(name) && name !== "__name__"
      ? []
      : [
          {
            property,
            reason: `${JSON.stringify(name)} is not a label name: letters, digits and "_", not beginning with a digit.`,
          },
        ]),
    ...(typeof value === "string"
      ? []
      : [{ property: `${property}.${name}`, reason: `${JSON.stringify(value)} is not a string.` }]),
  ]);
}
