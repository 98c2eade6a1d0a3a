import type { Subject } from "../../model/finding";
import { below } from "../../model/files/place";
import { nearestName } from "../../model/suggestion";
import type { Document } from "./documents";
import { isMap, listOf, mapOf, textOf, textOr } from "./shape";

interface RuleFault {
  readonly subject: Subject;
  readonly message: string;
  /** Of what only some versions, or some readers of such files, refuse. */
  readonly severity?: "warning";
}

const groupKeys = [
  "name",
  "interval",
  "limit",
  "query_offset",
  "labels",
  "rules",
  "partial_response_strategy",
  "source_tenants",
  "evaluation_delay",
];
const ruleKeys = ["record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"];
const duration = /^(?:0|(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?)$/;

/** What Prometheus refuses in a rule file beside its expressions: unknown keys, wrong durations, rules without an expression. */
export function ruleFaults(file: string, { value, at }: Document): readonly RuleFault[] {
  const top = mapOf(value);
  const isObject = top["kind"] === "PrometheusRule";
  const groups = isObject ? mapOf(top["spec"])["groups"] : top["groups"];
  const start = below(at, ...(isObject ? ["spec", "groups"] : ["groups"]));
  const names = new Set<string>();
  // The namespace is one of Mimir and Loki.
  const others = isObject ? [] : Object.keys(top).filter((key) => key !== "groups" && key !== "namespace");
  const beside = others.map((key): RuleFault => ({
    subject: { file, at: below(at, key) },
    message: `has the key "${key}" beside its groups: Prometheus refuses such a file, unless something makes one without it.`,
    severity: "warning",
  }));
  const inGroups = listOf(groups).flatMap((group, number) => {
    const here = below(start, number);
    if (!isMap(group)) return [{ subject: { file, at: here }, message: "a group is no mapping." }];
    const name = textOr(group["name"]);
    const twice = names.has(name)
      ? [
          {
            subject: { file, name, at: below(here, "name") },
            message: `there are two groups "${name}" in this file: Prometheus refuses it. Rename one.`,
          },
        ]
      : [];
    names.add(name);
    const faults = [
      ...unknownKeys({ file, name, at: here }, group, groupKeys),
      ...(name === "" ? [{ subject: { file, at: here }, message: "a group has no name." }] : []),
      ...wrongDurations({ file, name, at: here }, group, ["interval", "query_offset"]),
      ...(Number.isNaN(Number(textOf(group["limit"]) ?? 0))
        ? [
            {
              subject: { file, name, at: below(here, "limit") },
              message: `\`limit\` is "${textOr(group["limit"])}", which is no number.`,
            },
          ]
        : []),
    ];
    return [
      ...twice,
      ...faults,
      ...(isMap(group["rules"])
        ? [{ subject: { file, name, at: below(here, "rules") }, message: "its rules are no list." }]
        : []),
      ...listOf(group["rules"]).flatMap((rule, index) => faultsOf({ file, at: below(here, "rules", index) }, rule)),
    ];
  });
  return [...beside, ...inGroups];
}

function faultsOf(subject: Subject, rule: unknown): readonly RuleFault[] {
  if (!isMap(rule)) return [{ subject, message: "a rule is no mapping." }];
  const { alert, record, expr } = rule;
  const name = textOr(alert) || textOr(record);
  const named = { ...subject, ...(name !== "" && { name }) };
  const say = (message: string): RuleFault => ({ subject: named, message });
  return [
    ...unknownKeys(named, rule, ruleKeys),
    ...(name === "" ? [say("the rule has neither `alert` nor `record`.")] : []),
    ...(textOf(alert) !== undefined && textOf(record) !== undefined
      ? [say("the rule has both `alert` and `record`. Make two of it.")]
      : []),
    ...(textOr(expr).trim() === "" ? [say("the rule has no `expr`.")] : []),
    ...(textOr(record) !== "" && !/^[a-zA-Z_:][\w:]*$/.test(textOr(record))
      ? [{ ...say(`records "${textOr(record)}", ${sinceThree}`), severity: "warning" as const }]
      : []),
    ...(textOf(record) !== undefined
      ? ["for", "keep_firing_for", "annotations"]
          .filter((key) => rule[key] !== undefined)
          .map((key) => say(`a recording rule has no \`${key}\`.`))
      : []),
    ...wrongDurations(named, rule, ["for", "keep_firing_for"]),
    ...wrongTexts(named, rule),
  ];
}

function unknownKeys(subject: Subject, map: Readonly<Record<string, unknown>>, known: readonly string[]): readonly RuleFault[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      return {
        subject: within(subject, key),
        message: `has the key "${key}", which Prometheus does not know.${nearest === undefined ? "" : ` Did you mean "${nearest}"?`}`,
      };
    });
}

function wrongDurations(subject: Subject, map: Readonly<Record<string, unknown>>, keys: readonly string[]): readonly RuleFault[] {
  return keys.flatMap((key) => {
    const written = map[key];
    const text = typeof written === "object" && written !== null ? "a list or a mapping" : textOf(written);
    if (text === undefined || (text !== "" && duration.test(text))) return [];
    return [
      { subject: within(subject, key), message: `\`${key}\` is "${text}", which is no duration. Write it as 5m, 1h30m or 90s.` },
    ];
  });
}

function wrongTexts(subject: Subject, rule: Readonly<Record<string, unknown>>): readonly RuleFault[] {
  return ["labels", "annotations"].flatMap((key) => {
    const map = rule[key];
    if (map === undefined || map === null) return [];
    if (!isMap(map)) return [{ subject: within(subject, key), message: `\`${key}\` is no mapping.` }];
    return Object.entries(map).flatMap(([name, text]) => [
      ...(typeof text === "object" && text !== null
        ? [{ subject: within(subject, key), message: `\`${key}\`: "${name}" is no text.` }]
        : []),
      ...wrongName(name, key, within(subject, key)),
    ]);
  });
}

const sinceThree = "which is a name only since Prometheus 3. Before it, and in templates, a name has letters, digits and _.";

function wrongName(name: string, key: string, subject: Subject): readonly RuleFault[] {
  if (name === "") return [{ subject, message: `\`${key}\`: one has no name.` }];
  if (key === "labels" && name === "__name__") return [{ subject, message: "`labels`: __name__ is that of the series." }];
  if (/^[a-zA-Z_]\w*$/.test(name)) return [];
  return [{ subject, message: `\`${key}\`: has "${name}", ${sinceThree}`, severity: "warning" }];
}

function within(subject: Subject, key: string): Subject {
  return subject.at ? { ...subject, at: below(subject.at, key) } : subject;
}
