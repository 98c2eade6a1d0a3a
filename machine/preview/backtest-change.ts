import { conclusionOf, renderText } from "../../core/replay/render";
import { reportOf, touchedBy } from "../../core/replay/touched";
import type { RuleSet } from "../../core/model/rule-set";
import { CannotBacktest } from "../backtest/bounded-server";
import { runBacktest, type BacktestRequest } from "../backtest/run-backtest";

/** On whose data a preview tells what a change would have done. */
export type PreviewServer = Pick<BacktestRequest, "url" | "days" | "timeZone" | "timeoutSeconds" | "tools" | "until">;

/** The rules of a stack before and after. */
export interface RuleSides {
  readonly base: RuleSet;
  readonly head: RuleSet;
}

/** What the touched alerts would have done, in sentences and as a table; or why that cannot be told. */
export type StackBacktest =
  { readonly conclusion: readonly string[]; readonly details: string } | { readonly cannotTell: string };

/** Tells what the alerts that a change touches would have done. Nothing where it touches none. */
export async function backtestChange(
  sides: RuleSides,
  server: PreviewServer,
  note: (line: string) => void,
): Promise<StackBacktest | undefined> {
  const { names, isAsked } = touchedBy(sides.base, sides.head);
  if (names.size === 0) return undefined;
  try {
    const report = reportOf(await runBacktest({ ...server, ...sides, isAsked, note }), names);
    return { conclusion: conclusionOf(report), details: renderText(report) };
  } catch (error) {
    if (!(error instanceof CannotBacktest)) throw error;
    return { cannotTell: error.message };
  }
}

/** Backtests the stacks, one after the other. Those that differ only in the namespace of their alerts are told once. */
export async function backtestStacks(
  stacks: ReadonlyMap<string, RuleSides>,
  server: PreviewServer,
  note: (line: string) => void,
): Promise<ReadonlyMap<string, StackBacktest>> {
  const known = new Map<string, StackBacktest | undefined>();
  const told = new Map<string, StackBacktest>();
  for (const [stack, sides] of stacks) {
    const key = JSON.stringify(sides, (name: string, value: unknown) => (name === "namespace" ? "" : value));
    if (!known.has(key)) known.set(key, await backtestChange(sides, server, note));
    const backtest = known.get(key);
    if (backtest) told.set(stack, backtest);
  }
  return told;
}
