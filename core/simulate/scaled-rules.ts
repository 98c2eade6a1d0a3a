import { applyEdits, type Edit } from "../model/promql/edit";
import { readQuery, walk } from "../model/promql-syntax";
import type { RuleGroup } from "../render/rule-groups";

/** By how much time is compressed: with 60, a minute passes in a second. */
export type Factor = number;

const millisecondsPerUnit: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** A duration such as `1h30m` in compressed time: `90000ms` with a factor of 60. */
export function scaleDuration(text: string, factor: Factor): string {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.map(([part]) => part).join("") !== text || parts.length === 0)
    throw new RangeError(`"${text}" is no duration such as 30s, 5m or 1h30m.`);
  const milliseconds = parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (millisecondsPerUnit[unit] ?? NaN), 0);
  return `${Math.round(milliseconds / factor)}ms`;
}

/** What counts events a second, and so is larger in compressed time. */
const perSecond = ["rate", "irate", "deriv"];

/** What compares with the clock, which cannot be compressed. */
const ofTheClock =
  /^(time|timestamp|predict_linear|minute|hour|month|year|days_in_month|day_of_(week|month|year)|ts_of_\w+|start|end)$/;

/** A PromQL expression in compressed time: it has the values that the original has in real time. */
export function scaleExpression(expr: string, factor: Factor): string {
  const { tree, errors, durations } = readQuery(expr);
  const [wrong] = errors;
  if (!tree || wrong) throw new Error(`No PromQL, ${wrong?.message ?? "it has no tree"}: ${expr}`);
  const edits: Edit[] = durations.map(({ from, to }) => {
    const text = expr.slice(from, to);
    return { from, to, text: scaleDuration(/^\d+$/.test(text) ? `${text}s` : text, factor) };
  });
  for (const node of walk(tree)) {
    if (node.type !== "call") continue;
    const { fn, from, to } = node;
    if (ofTheClock.test(fn)) throw new Error(`${fn}() compares with the clock, which cannot be compressed: ${expr}`);
    if (perSecond.includes(fn)) {
      edits.push({ from, to: from, text: "(" }, { from: to, to, text: ` / ${factor})` });
    }
  }
  return applyEdits(expr, edits);
}

/** Rule groups in compressed time. */
export function scaleGroups(groups: readonly RuleGroup[], factor: Factor): readonly object[] {
  return groups.map((group) => ({
    ...scaleFields(group, ["interval"], factor),
    rules: group.rules.map((rule) => ({
      ...scaleFields(rule, ["for", "keep_firing_for"], factor),
      expr: scaleExpression(rule.expr, factor),
    })),
  }));
}

/** The object with those of its fields that are durations in compressed time. */
export function scaleFields(object: object, fields: readonly string[], factor: Factor): object {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]: [string, unknown]) => [
      key,
      fields.includes(key) && typeof value === "string" ? scaleDuration(value, factor) : value,
    ]),
  );
}
