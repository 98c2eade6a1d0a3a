import { parsePromql, walk, type Matcher } from "../model/promql-syntax";
import type { RuleGroup } from "../render/rule-groups";
import { nativeText } from "./native-value";
import type { Sample, StoredSeries } from "./stored-series";

/** Rules and the series that they read. */
export interface Evaluated {
  readonly groups: readonly RuleGroup[];
  readonly stored: readonly StoredSeries[];
}

interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

type Rule = RuleGroup["rules"][number];

/**
 * The rules on which a situation can have any effect, and what they read: those that select a series which is not the
 * same on a good day, or a recording of such. Of the others a good day tells already. All of them when nothing differs.
 */
export function relevantTo(usual: readonly StoredSeries[], { groups, stored }: Evaluated, asked: readonly string[]): Evaluated {
  const changed = byName(differing(usual, stored));
  if (changed.size === 0) return { groups, stored };
  const rules = groups.flatMap((group) => group.rules);
  const recorded = new Set<string>();
  const isAffected = ({ expr }: Rule): boolean =>
    selectorsOf(expr).some((selector) => recorded.has(selector.metric) || isAny(selector) || selects(selector, changed));
  grow(recorded, rules, isAffected);
  const needed = new Set(rules.filter((rule) => "alert" in rule && isAffected(rule)));
  const texts = (): readonly string[] => [...asked, ...[...needed].map(({ expr }) => expr)];
  for (let size = -1; size !== needed.size;) {
    size = needed.size;
    const read = new Set(texts().flatMap((text) => selectorsOf(text).map(({ metric }) => metric)));
    for (const rule of rules) if ("record" in rule && read.has(rule.record)) needed.add(rule);
  }
  const selectors = texts().flatMap(selectorsOf);
  return {
    groups: groups.flatMap((group) => {
      const kept = group.rules.filter((rule) => needed.has(rule));
      return kept.length > 0 ? [{ ...group, rules: kept }] : [];
    }),
    stored: stored.filter((series) => {
      const one = byName([series]);
      return selectors.some((selector) => isAny(selector) || selects(selector, one));
    }),
  };
}

/** The recordings that follow from what has changed, and the recordings that follow from those. */
function grow(recorded: Set<string>, rules: readonly Rule[], isAffected: (rule: Rule) => boolean): void {
  for (let size = -1; size !== recorded.size;) {
    size = recorded.size;
    for (const rule of rules) if ("record" in rule && isAffected(rule)) recorded.add(rule.record);
  }
}

function differing(usual: readonly StoredSeries[], stored: readonly StoredSeries[]): readonly StoredSeries[] {
  const before = new Map(usual.map((series) => [keyOf(series), series]));
  const now = new Map(stored.map((series) => [keyOf(series), series]));
  return [
    ...stored.filter((series) => !isSame(series, before.get(keyOf(series)))),
    ...usual.filter((series) => !now.has(keyOf(series))),
  ];
}

function isSame(a: StoredSeries, b: StoredSeries | undefined): boolean {
  if (a === b) return true;
  return textOf(a.samples) === textOf(b?.samples);
}

function textOf(samples: readonly Sample[] = []): string {
  return samples.map(([second, value]) => `${second} ${typeof value === "object" ? nativeText(value) : value}`).join();
}

function keyOf({ name, labels }: StoredSeries): string {
  return `${name}${JSON.stringify(labels)}`;
}

function byName(series: readonly StoredSeries[]): ReadonlyMap<string, readonly StoredSeries[]> {
  const names = new Map<string, StoredSeries[]>();
  for (const each of series) {
    const list = names.get(each.name);
    if (list) list.push(each);
    else names.set(each.name, [each]);
  }
  return names;
}

const known = new Map<string, readonly Selector[]>();

function selectorsOf(expr: string): readonly Selector[] {
  const found = known.get(expr) ?? readSelectors(expr);
  known.set(expr, found);
  return found;
}

/** A query that cannot be read may select anything. */
function readSelectors(expr: string): readonly Selector[] {
  const tree = parsePromql(expr);
  if (!tree) return [{ metric: "", matchers: [] }];
  return walk(tree).filter((each) => each.type === "selector");
}

/** Whether it may select anything: without a name, or what alerts do. */
function isAny({ metric }: Selector): boolean {
  return metric === "" || metric === "ALERTS" || metric === "ALERTS_FOR_STATE";
}

function selects({ metric, matchers }: Selector, series: ReadonlyMap<string, readonly StoredSeries[]>): boolean {
  return (series.get(metric) ?? []).some(({ labels }) =>
    matchers.every((matcher) => matches(matcher, labels[matcher.label] ?? "")),
  );
}

function matches({ op, value }: Matcher, actual: string): boolean {
  if (op === "=" || op === "!=") return (actual === value) === (op === "=");
  return new RegExp(`^(?:${value})$`).test(actual) === (op === "=~");
}
