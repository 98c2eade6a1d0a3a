/** One alert, by all its labels, while it is pending or fires. */
export interface AlertSpan {
  readonly labels: Readonly<Record<string, string>>;
  /** The first evaluation at which it was in the state, in seconds of the situation; 0 may stand for before. */
  readonly from: number;
  /** The first evaluation at which it was no longer; Infinity when it still is at the end. */
  readonly until: number;
}

/** What fired when. */
export interface Timeline {
  readonly firing: readonly AlertSpan[];
  readonly pending: readonly AlertSpan[];
}

/** An alert at one evaluation. */
export interface Observation {
  readonly second: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Joins observations at successive evaluations into spans. */
export function timelineOf(observations: readonly Observation[], everySeconds: number, lastsSeconds: number): Timeline {
  const inState = (state: string): readonly AlertSpan[] => {
    const seconds = new Map<string, number[]>();
    for (const { second, labels } of observations) {
      if (labels["alertstate"] !== state) continue;
      const key = JSON.stringify(Object.entries(labels).filter(([label]) => label !== "__name__" && label !== "alertstate"));
      seconds.set(key, [...(seconds.get(key) ?? []), second]);
    }
    return [...seconds].flatMap(([key, at]) => spans(key, at));
  };
  const spans = (key: string, at: readonly number[]): readonly AlertSpan[] => {
    const labels = Object.fromEntries(JSON.parse(key) as [string, string][]);
    const sorted = [...at].sort((a, b) => a - b);
    const starts = sorted.filter((second, index) => index === 0 || second - (sorted[index - 1] ?? 0) > everySeconds);
    return starts.map((from, index) => {
      const next = starts[index + 1] ?? Infinity;
      const last = sorted.findLast((second) => second < next) ?? from;
      return { labels, from, until: last + everySeconds > lastsSeconds ? Infinity : last + everySeconds };
    });
  };
  const byStart = (a: AlertSpan, b: AlertSpan): number => a.from - b.from;
  return { firing: [...inState("firing")].sort(byStart), pending: [...inState("pending")].sort(byStart) };
}
