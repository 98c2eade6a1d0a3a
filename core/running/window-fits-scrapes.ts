import { problem, type Problem } from "../checks/check";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import type { DeclaredRule } from "./declared";
import type { LiveCheck } from "./live-check";
import type { RunningPrometheus } from "./running";
import { dataOr } from "./told";

/** A rate needs two samples; with four, one scrape may fail and one may be late. */
const samplesNeeded = 2;
const samplesWanted = 4;

const counting = new Set(["rate", "irate", "increase", "delta", "idelta", "deriv", "predict_linear", "resets", "changes"]);

/** Windows hold enough samples of what they count, and no instant falls between two scrapes. */
export const windowFitsScrapes: LiveCheck = {
  id: "window-fits-scrapes",
  description:
    "The window of rate and its like in a rule holds four scrapes, two at the least; Prometheus looks back further than one.",
  severity: "error",
  run: ({ rules }, { prometheus }) => {
    if (!prometheus) return [];
    // A recorded series may keep the label `job` of what it was made of.
    const recorded = new Set(rules.flatMap(({ kind, name }) => (kind === "record" ? [name] : [])));
    return rules.flatMap((rule) =>
      ofRule(rule, (metric) => (recorded.has(metric) ? undefined : intervalOf(metric, prometheus)), prometheus),
    );
  },
};

function ofRule(
  { expr, subject }: DeclaredRule,
  intervalIn: (metric: string) => number | undefined,
  prometheus: RunningPrometheus,
): readonly Problem[] {
  const tree = parsePromql(expr);
  if (!tree) return [];
  const lookback = dataOr(prometheus.keeping, undefined)?.lookbackSeconds;
  const told = new Map<string, Problem>();
  const tell = (found: Problem): void => void told.set(found.message, found);
  for (const { metric, seconds } of windowsOf(tree)) {
    const interval = intervalIn(metric);
    if (interval === undefined || seconds >= samplesWanted * interval) continue;
    const isEmpty = seconds < samplesNeeded * interval;
    tell({
      ...problem(
        subject,
        `counts ${metric} over ${seconds} s, and it is scraped every ${interval} s: ${isEmpty ? "the window holds fewer than two samples, and there is no result" : "one failed scrape leaves a gap"}. Take at least ${samplesWanted * interval}s.`,
      ),
      ...(!isEmpty && { severity: "warning" }),
    });
  }
  for (const metric of instantsOf(tree)) {
    const interval = intervalIn(metric);
    if (interval === undefined || lookback === undefined || interval < lookback) continue;
    tell(
      problem(
        subject,
        `reads ${metric}, which is scraped every ${interval} s, and Prometheus looks back ${lookback} s: between scrapes there is nothing. Scrape it more often, or read last_over_time.`,
      ),
    );
  }
  return [...told.values()];
}

function windowsOf(tree: Expr): readonly { readonly metric: string; readonly seconds: number }[] {
  return [...walk(tree)].flatMap((node) => {
    if (node.type !== "call" || !counting.has(node.fn)) return [];
    return node.args.flatMap((arg) =>
      arg.type === "range" && !arg.isSubquery && arg.seconds !== undefined && arg.of.type === "selector" && arg.of.metric !== ""
        ? [{ metric: arg.of.metric, seconds: arg.seconds }]
        : [],
    );
  });
}

/** Selectors that are not within a range. */
function instantsOf(tree: Expr): readonly string[] {
  const within = new Set<Expr>([...walk(tree)].flatMap((node) => (node.type === "range" ? [node.of] : [])));
  return [...walk(tree)].flatMap((node) =>
    node.type === "selector" && !within.has(node) && node.metric !== "" ? [node.metric] : [],
  );
}

/** How often the targets are scraped that export it, the slowest of them; undefined where no target does, as with recorded series. */
function intervalOf(metric: string, { series, targets }: RunningPrometheus): number | undefined {
  const jobs = dataOr(series.get(metric), undefined)?.labels.get("job");
  const intervals = dataOr(targets, []).flatMap(({ job, intervalSeconds }) => (jobs?.includes(job) ? [intervalSeconds] : []));
  return intervals.length === 0 || isRecorded(metric) ? undefined : Math.max(...intervals);
}

function isRecorded(metric: string): boolean {
  return metric.includes(":") || metric.startsWith("ALERTS");
}
