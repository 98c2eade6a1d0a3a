import { insertMatchers } from "./promql-matchers";
import { isScalar, outputLabels, requiresLabel, type LabelsOf } from "./promql-labels";
import { parsePromql, walk, type Binary, type Expr, type PlacedMatcher, type Selector } from "./promql-syntax";
import { applyEdits, type Edit } from "./promql/edit";
import { matcherAccepts } from "./promql/regex";

/** A label that a selector must ask for, with the only value that its series have. */
export interface Pin {
  readonly label: string;
  readonly value: string;
  /** Values in whose place this one comes. A selector that asks for none of them asks for something else, and stays. */
  readonly insteadOf: readonly string[];
}

/** What is pinned in a query. */
export interface Pinning {
  /** The pins of a selector; none where its series are not of this installation. */
  readonly pinsOf: (selector: Selector) => readonly Pin[];
  /** Whether the series of a name are recorded, and so get the labels of the pins only by their rule. */
  readonly isRecorded: (metric: string) => boolean;
  /** Without the labels that recording rules get by the pins. */
  readonly labelsOf: LabelsOf;
}

/**
 * The query over the series of one installation alone: each selector asks for the labels of its pins, and nothing else
 * changes its meaning. A recorded series has these labels from its rule, though its query has aggregated them away: where
 * it meets a side without them, they are ignored. Text that is no complete PromQL is left alone.
 */
export function pinQuery(expr: string, pinning: Pinning): string {
  const tree = parsePromql(expr);
  if (!tree) return expr;
  const { pinsOf, isRecorded, labelsOf } = pinning;
  const selectors = selectorsOf(tree);
  const edits = (some: readonly Selector[]): readonly Edit[] => some.flatMap((node) => pin(node, pinsOf(node), expr));
  const pinned = applyEdits(expr, edits(selectors));
  if (pinned === expr) return expr;
  // What recorded series and absent() carry now, and did not carry when the query was written.
  const invented = new Set<Expr>([...walk(tree)].flatMap((node) => (isAbsent(node) ? [...walk(node)] : [])));
  const meant = applyEdits(expr, edits(selectors.filter((node) => !isRecorded(node.metric) && !invented.has(node))));
  const labels = [...new Set(selectors.flatMap((node) => pinsOf(node).map(({ label }) => label)))];
  return withIgnored(pinned, operatorsOf(meant), { labels, labelsOf });
}

/** The labels of one series, with what the pins make of a selector of exactly them. */
export function pinLabels(labels: Readonly<Record<string, string>>, pins: readonly Pin[]): Readonly<Record<string, string>> {
  const pinned = pins.flatMap(({ label, value, insteadOf }) =>
    labels[label] === undefined || insteadOf.includes(labels[label]) ? [[label, value] as const] : [],
  );
  return pinned.length < pins.length ? labels : { ...labels, ...Object.fromEntries(pinned) };
}

function selectorsOf(tree: Expr): readonly Selector[] {
  return [...walk(tree)].filter((node): node is Selector => node.type === "selector");
}

function isAbsent(node: Expr): boolean {
  return node.type === "call" && (node.fn === "absent" || node.fn === "absent_over_time");
}

function pin(selector: Selector, pins: readonly Pin[], text: string): readonly Edit[] {
  const asked = pins.map((one) => ({ one, ...askedBy(selector, one) }));
  if (asked.some(({ isAbout }) => !isAbout)) return [];
  const missing = asked.filter(({ isAsked, replaced }) => !isAsked && replaced.length === 0);
  return [
    ...asked.flatMap(({ one, replaced }) => replaced.map(({ from, to }) => ({ from, to, text: matcherOf(one) }))),
    ...insertMatchers(
      selector,
      missing.map(({ one }) => matcherOf(one)),
      text,
    ),
  ];
}

function matcherOf({ label, value }: Pin): string {
  return `${label}=${JSON.stringify(value)}`;
}

interface Asked {
  /** Whether the selector can be about the installation at all. */
  readonly isAbout: boolean;
  readonly isAsked: boolean;
  /** The matchers that ask for a value in whose place the pin's comes. */
  readonly replaced: readonly PlacedMatcher[];
}

function askedBy({ matchers }: Selector, { label, value, insteadOf }: Pin): Asked {
  const own = matchers.filter((matcher) => matcher.label === label);
  // A value that a reader of a dashboard chooses can be any.
  const fixed = own.filter((matcher) => !matcher.value.includes("$"));
  const others = fixed.filter((matcher) => !matcherAccepts(matcher, value));
  const means = (matcher: PlacedMatcher): boolean =>
    requiresLabel(matcher) && insteadOf.some((former) => matcherAccepts(matcher, former));
  const excludes = fixed.some(
    (matcher) => !requiresLabel(matcher) && insteadOf.some((former) => !matcherAccepts(matcher, former)),
  );
  return {
    isAbout: others.every(means) && !excludes,
    isAsked: fixed.some(({ op, value: written }) => op === "=" && written === value),
    replaced: others,
  };
}

function operatorsOf(text: string): readonly Binary[] {
  const tree = parsePromql(text);
  return tree ? [...walk(tree)].filter((node): node is Binary => node.type === "binary") : [];
}

interface Ignoring {
  readonly labels: readonly string[];
  readonly labelsOf: LabelsOf;
}

/** Children first: what an operator ignores, its result no longer carries. */
function withIgnored(pinned: string, meant: readonly Binary[], { labels, labelsOf }: Ignoring): string {
  let text = pinned;
  for (let index = meant.length - 1; index >= 0; index -= 1) {
    const [former, node] = [meant[index], operatorsOf(text)[index]];
    if (!former || !node || node.matching?.on === true) continue;
    const ignored = labels.filter((label) => isEqual(former, label, labelsOf) && !isEqual(node, label, labelsOf));
    if (ignored.length > 0) text = applyEdits(text, [ignoring(node, ignored)]);
  }
  return text;
}

/** Whether a label stands on both sides of an operator, or on neither. */
function isEqual({ left, right }: Binary, label: string, labelsOf: LabelsOf): boolean {
  if (isScalar(left) || isScalar(right)) return true;
  const carried = (side: Expr): readonly (boolean | undefined)[] =>
    (["by every result", "by some"] as const).map((how) => outputLabels(side, labelsOf, how)?.has(label));
  const sides = [...carried(left), ...carried(right)];
  return sides.includes(undefined) || new Set(sides).size === 1;
}

function ignoring({ matching, matchingSpan }: Binary, labels: readonly string[]): Edit {
  const list = [...new Set([...(matching?.labels ?? []), ...labels])].map(labelText).join(", ");
  const text = `ignoring (${list})`;
  return { ...matchingSpan, text: matching ? text : ` ${text}` };
}

function labelText(label: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(label) ? label : JSON.stringify(label);
}
