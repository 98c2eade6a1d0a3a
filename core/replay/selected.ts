import type { Expr, Matcher, Selector } from "../model/promql-syntax";

/** Series that a query reads, and how far back it looks for them. */
export interface Selected {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  /** How long before the moment of evaluation the oldest sample can be that it reads. */
  readonly reachSeconds: number;
}

/** What cannot be played, in words that go on after "it". */
export class Unplayable extends Error {}

/**
 * What a query reads. `lookbackSeconds` is for how long Prometheus takes a sample for the present one.
 * @throws Unplayable where that depends on more than the moment of evaluation.
 */
export function selectedBy(expr: Expr, lookbackSeconds: number): readonly Selected[] {
  const found: Selected[] = [];
  const visit = (node: Expr, reach: number): void => {
    switch (node.type) {
      case "selector":
        found.push(select(node, reach + offsetOf(node) + lookbackSeconds));
        return;
      case "range": {
        if (node.seconds === undefined || typeof node.step === "string") throw new Unplayable("has a duration that is computed");
        const inner = reach + node.seconds + offsetOf(node);
        if (node.isSubquery) visit(node.of, inner);
        else if (node.of.type === "selector")
          // `anchored` and `smoothed` take a sample before the range.
          found.push(
            select(node.of, inner + offsetOf(node.of) + (isExtended(node) || isExtended(node.of) ? lookbackSeconds : 0)),
          );
        return;
      }
      case "call":
      case "aggregation":
        if (node.type === "call" && node.fn === "info")
          throw new Unplayable("uses info(), which reads series that it does not name");
        for (const argument of node.args) visit(argument, reach);
        return;
      case "binary":
        visit(node.left, reach);
        visit(node.right, reach);
        return;
      case "negation":
        visit(node.of, reach);
        return;
      case "literal":
    }
  };
  visit(expr, 0);
  return found;
}

function select({ metric, matchers }: Selector, reachSeconds: number): Selected {
  if (metric === "ALERTS" || metric === "ALERTS_FOR_STATE") throw new Unplayable(`reads ${metric}, which other alerts make`);
  if (metric === "") throw new Unplayable("selects series by more than one name");
  return { metric, matchers, reachSeconds };
}

function isExtended({ moved }: Pick<Selector, "moved">): boolean {
  return moved?.samples !== undefined;
}

function offsetOf({ moved }: Pick<Selector, "moved">): number {
  if (moved?.at !== undefined) throw new Unplayable("looks at a fixed moment (@)");
  const { offset = 0 } = moved ?? {};
  if (typeof offset === "string") throw new Unplayable("has a duration that is computed");
  if (offset < 0) throw new Unplayable("looks into the future (a negative offset)");
  return offset;
}

/** A selector in PromQL. */
export function selectorText({ metric, matchers }: Pick<Selected, "metric" | "matchers">): string {
  const pairs = matchers.map(({ label, op, value }) => `${quoteName(label, /^[A-Za-z_]\w*$/)}${op}${JSON.stringify(value)}`);
  const isPlain = /^[A-Za-z_:][\w:]*$/.test(metric);
  if (!isPlain) return `{${[JSON.stringify(metric), ...pairs].join(",")}}`;
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(",")}}`;
}

function quoteName(name: string, plain: RegExp): string {
  return plain.test(name) ? name : JSON.stringify(name);
}

/** The same series with fewer selectors: what another one selects as well, and as far back, is not selected again. */
export function withoutCovered(all: readonly Selected[]): readonly Selected[] {
  const byText = new Map<string, Selected>();
  for (const one of all) {
    const known = byText.get(selectorText(one));
    if (!known || known.reachSeconds < one.reachSeconds) byText.set(selectorText(one), one);
  }
  const distinct = [...byText.values()];
  const covers = (wide: Selected, narrow: Selected): boolean =>
    wide !== narrow &&
    wide.metric === narrow.metric &&
    wide.reachSeconds >= narrow.reachSeconds &&
    wide.matchers.every((matcher) => narrow.matchers.some((other) => isSame(matcher, other)));
  const isTwin = (one: Selected, other: Selected): boolean => covers(one, other) && covers(other, one);
  return distinct.filter((narrow, index) =>
    distinct.every((wide, at) => !covers(wide, narrow) || (isTwin(wide, narrow) && index < at)),
  );
}

function isSame(a: Matcher, b: Matcher): boolean {
  return a.label === b.label && a.op === b.op && a.value === b.value;
}
