import type { Deployed, DeployedAlert } from "../../core/model/deployed";
import type { Change } from "../../core/model/change";
import { isSameQuery } from "../../core/model/promql-meaning";
import { compareNamed, differing } from "./compare-named";

type Alerts = Deployed["alerts"];

/** The changes of the alerts. One that fires on what another fired on before, and that has taken its place, was renamed. */
export function compareAlerts(before: Deployed, after: Deployed): readonly Change[] {
  const renamed = findRenamed(before.alerts, after.alerts);
  const newNames = new Map(renamed);
  const known = new Map([...before.alerts].map(([name, alert]) => [newNames.get(name) ?? name, alert]));
  return [
    ...renamed.map(([was, now]): Change => ({ kind: "alert", action: "renamed", name: now, before: was, after: now })),
    ...compareNamed<DeployedAlert>(
      "alert",
      { before: known, after: after.alerts },
      {
        added: (_, { severity, condition, section }) => ({
          severity,
          note: `Severity ${severity}; ${describe(condition)}leads to ${section}.`,
        }),
        removed: (_, { severity, condition }) => ({
          note: `Severity ${severity}; ${describe(condition)}nobody is told any more.`,
        }),
        changed: (was, now) => [
          ...conditionChanges(was, now),
          ...differing("for", was.for, now.for),
          ...differing("keep_firing_for", was.keepFiringFor, now.keepFiringFor),
          ...differing("severity", was.severity, now.severity),
          ...differing("runbook section", was.section, now.section),
          ...(was.panel === now.panel ? [] : differing("panel", panelName(was, before), panelName(now, after))),
          ...differing("summary", was.summary, now.summary),
          ...differing("impact", was.impact, now.impact),
        ],
      },
    ),
  ];
}

function describe(condition: string): string {
  return condition === "" ? "" : `fires when ${condition}; `;
}

function panelName({ panel }: DeployedAlert, { panels }: Deployed): string {
  const found = panels.get(panel);
  return found === undefined ? panel : `${found.dashboard} / ${found.title}`;
}

/** Same expression; or the same but for its numbers, and the same section of a runbook. */
function findRenamed(before: Alerts, after: Alerts): readonly (readonly [was: string, now: string])[] {
  const gone = [...before].filter(([name]) => !after.has(name));
  const fresh = new Map([...after].filter(([name]) => !before.has(name)));
  return gone.flatMap(([was, alert]) => {
    const isSame = (other: DeployedAlert): boolean => other.expression === alert.expression;
    const isAlike = (other: DeployedAlert): boolean =>
      other.section === alert.section && shapeOf(other.expression) === shapeOf(alert.expression);
    const found = [...fresh].find(([, other]) => isSame(other)) ?? [...fresh].find(([, other]) => isAlike(other));
    if (!found) return [];
    fresh.delete(found[0]);
    return [[was, found[0]] as const];
  });
}

/** A threshold when only numbers that something is compared with differ, else the whole query. */
function conditionChanges(before: DeployedAlert, after: DeployedAlert): readonly Partial<Change>[] {
  if (isSameQuery(before.expression, after.expression)) return [];
  if (shapeOf(before.expression) !== shapeOf(after.expression)) return differing("query", before.expression, after.expression);
  if (before.condition !== after.condition && thresholdIn(before) !== "" && thresholdIn(after) !== "")
    return differing("threshold", thresholdIn(before), thresholdIn(after));
  const [was, now] = [limitsOf(before.expression), limitsOf(after.expression)];
  const pairs = was.flatMap((limit, index) => (limit === now[index] ? [] : [[limit, now[index] ?? ""] as const]));
  const list = (side: 0 | 1): string => [...new Set(pairs.map((pair) => pair[side]))].join(", ");
  return differing("threshold", list(0), list(1));
}

/** "above 100 ms", from the words of the description. */
function thresholdIn({ condition }: DeployedAlert): string {
  return /\b(?:above|below) .+$/.exec(condition)?.[0] ?? "";
}

// A quoted text, which is passed over, or a number that something is compared with.
const limits = /"(?:\\.|[^"\\])*"|((?:[<>]=?|[!=]=)\s*(?:bool\s+)?)(-?[\d.]+(?:e[+-]?\d+)?)\b/gi;

function limitsOf(expression: string): readonly string[] {
  return [...expression.matchAll(limits)].flatMap(([, , limit]) => (limit === undefined ? [] : [limit]));
}

function shapeOf(expression: string): string {
  return expression.replace(limits, (text, operator: string | undefined) => (operator === undefined ? text : `${operator}…`));
}
