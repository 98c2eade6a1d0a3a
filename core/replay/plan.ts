import { groupBy } from "../model/group-by";
import { parsePromql, readQuery } from "../model/promql-syntax";
import type { EvaluatedRule, RuleSet } from "../model/rule-set";
import { selectedBy, Unplayable, withoutCovered, type Selected } from "./selected";

/** A rule to evaluate, beginning so long before the time that is asked for. */
export interface PlannedRule {
  readonly rule: EvaluatedRule;
  readonly reachSeconds: number;
}

/** What must be read and evaluated so that alerts can be told. */
export interface Plan {
  /** Each stands behind the recordings that it reads. */
  readonly recordings: readonly PlannedRule[];
  readonly alerts: readonly PlannedRule[];
  /** What is not recorded by the rules: it is read from the server. */
  readonly selected: readonly Selected[];
  /** Alerts of which nothing can be told, with why: words that go on after "it". */
  readonly unplayable: readonly { readonly rule: EvaluatedRule; readonly why: string }[];
}

/** How a Prometheus evaluates rules that do not say it. */
export interface Evaluating {
  readonly everySeconds: number;
  /** For how long a sample is the present one. */
  readonly lookbackSeconds: number;
}

/** An alert that fires at the beginning is seen to have fired before, and whoever is told of it was told before. */
const marginSeconds = 120;

/**
 * Plans the alerts of a rule set that `isAsked` names, and the recordings behind them, however many rules they go through. A name
 * that a rule records is never read from the server: there it has what an older rule recorded.
 */
export function planOf(
  { rules }: RuleSet,
  { everySeconds, lookbackSeconds }: Evaluating,
  isAsked: (rule: EvaluatedRule) => boolean = () => true,
): Plan {
  const byName = groupBy(
    rules.filter(({ kind }) => kind === "record"),
    ({ name }) => name,
  );
  const alerts: PlannedRule[] = [];
  const unplayable: { rule: EvaluatedRule; why: string }[] = [];
  let needs: Needs = { recordings: new Map(), selected: [] };
  for (const rule of rules) {
    if (rule.kind !== "alert" || !isAsked(rule)) continue;
    const reachSeconds = rule.forSeconds + rule.keepFiringSeconds + (rule.everySeconds ?? everySeconds) + marginSeconds;
    const own = { recordings: new Map(needs.recordings), selected: [...needs.selected] };
    try {
      addNeeds(own, { byName, lookbackSeconds }, { rule, reachSeconds });
      alerts.push({ rule, reachSeconds });
      needs = own;
    } catch (error) {
      if (!(error instanceof Unplayable)) throw error;
      unplayable.push({ rule, why: error.message });
    }
  }
  return {
    recordings: [...needs.recordings].map(([rule, reachSeconds]) => ({ rule, reachSeconds })),
    alerts,
    selected: withoutCovered(needs.selected),
    unplayable,
  };
}

/** The recordings by how far back they are read, in the order of evaluation, and what is read beside them. */
interface Needs {
  readonly recordings: Map<EvaluatedRule, number>;
  readonly selected: Selected[];
}

interface Recorded {
  readonly byName: ReadonlyMap<string, readonly EvaluatedRule[]>;
  readonly lookbackSeconds: number;
}

function addNeeds(needs: Needs, recorded: Recorded, reader: PlannedRule, path: readonly EvaluatedRule[] = []): void {
  for (const one of readBy(reader.rule, recorded.lookbackSeconds)) {
    const reachSeconds = reader.reachSeconds + reader.rule.offsetSeconds + one.reachSeconds;
    const makers = recorded.byName.get(one.metric) ?? [];
    if (makers.length === 0) needs.selected.push({ ...one, reachSeconds });
    for (const maker of makers) {
      if (path.includes(maker)) throw new Unplayable(`reads ${maker.name}, which is recorded from itself`);
      if ((needs.recordings.get(maker) ?? -1) >= reachSeconds) continue;
      addNeeds(needs, recorded, { rule: maker, reachSeconds }, [...path, maker]);
      // It is entered behind those that it reads, and stays where it is.
      needs.recordings.set(maker, reachSeconds);
    }
  }
}

function readBy({ expr }: EvaluatedRule, lookbackSeconds: number): readonly Selected[] {
  const tree = parsePromql(expr);
  if (!tree) throw new Unplayable(`has a query that is no PromQL: ${readQuery(expr).errors[0]?.message ?? expr}`);
  return selectedBy(tree, lookbackSeconds);
}

/** The recordings of a plan that a rule reads, through others too. */
export function recordingsBehind(rule: EvaluatedRule, { recordings }: Plan): ReadonlySet<EvaluatedRule> {
  const found = new Set<EvaluatedRule>();
  const open = [rule];
  for (let reader = open.pop(); reader; reader = open.pop()) {
    const names = namesReadBy([reader]);
    for (const { rule: maker } of recordings) {
      if (!names.has(maker.name) || found.has(maker)) continue;
      found.add(maker);
      open.push(maker);
    }
  }
  return found;
}

/** The names of the series that planned rules read. */
export function namesReadBy(rules: Iterable<EvaluatedRule>): ReadonlySet<string> {
  return new Set([...rules].flatMap((rule) => readBy(rule, 0).map(({ metric }) => metric)));
}

/**
 * What two plans need, evaluated in one place; undefined where that is impossible, because a name is recorded in two ways, or in
 * one of them and not in the other.
 */
export function mergePlans(one: Plan, other: Plan): Pick<Plan, "recordings" | "selected"> | undefined {
  const definitions = ({ recordings }: Plan): ReadonlyMap<string, string> =>
    new Map(
      [...groupBy(recordings, ({ rule }) => rule.name)].map(([name, makers]) => [
        name,
        JSON.stringify(makers.map(({ rule }) => JSON.stringify(rule)).sort()),
      ]),
    );
  const [first, second] = [definitions(one), definitions(other)];
  const isRead = ({ selected }: Plan, name: string): boolean => selected.some(({ metric }) => metric === name);
  const differs =
    [...first].some(([name, text]) => (second.get(name) ?? text) !== text || isRead(other, name)) ||
    [...second].some(([name]) => isRead(one, name));
  if (differs) return undefined;
  const recordings = new Map<string, PlannedRule>();
  for (const planned of [...one.recordings, ...other.recordings]) {
    const key = JSON.stringify(planned.rule);
    const known = recordings.get(key);
    recordings.set(key, { ...planned, reachSeconds: Math.max(planned.reachSeconds, known?.reachSeconds ?? 0) });
  }
  return { recordings: [...recordings.values()], selected: withoutCovered([...one.selected, ...other.selected]) };
}
