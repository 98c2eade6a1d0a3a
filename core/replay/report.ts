import { countsOf, historyKey, isPaging, type AlertHistory, type Counts, type Window } from "./history";

/** What the alerts of one rule set would have done. */
export interface Side {
  readonly histories: readonly AlertHistory[];
  /** The names of the alerts of which something could be told. */
  readonly told: readonly string[];
  /** Alerts of which nothing can be told, with why: words that go on after "it". */
  readonly unplayable: readonly { readonly alert: string; readonly why: string }[];
}

/** What came of a backtest. */
export interface BacktestReport {
  /** The server, without a password. */
  readonly server: string;
  /** What was looked at, in Unix seconds. */
  readonly window: Window;
  readonly timeZone: string;
  /** How often rules are evaluated that do not say it. */
  readonly everySeconds: number;
  readonly samples: number;
  readonly series: number;
  /** What else is to be known, in sentences. */
  readonly notes: readonly string[];
  readonly head: Side;
  readonly base?: Side;
}

/** An alert on both sides; of the base there is nothing where there is none. */
export interface Row {
  /** The alert, with its severity where the name has several. */
  readonly name: string;
  readonly alert: string;
  readonly severity: string;
  readonly isPaging: boolean;
  readonly head: Counts;
  readonly base?: Counts;
  readonly history: AlertHistory | undefined;
}

/** The alerts that fired on a side, those that page first, then those that fired most. A watchdog, which always fires, is no news. */
export function rowsOf({ head, base, window, timeZone }: BacktestReport): readonly Row[] {
  const find = (side: Side | undefined): ReadonlyMap<string, AlertHistory> =>
    new Map(side?.histories.map((history) => [historyKey(history), history]));
  const [now, before] = [find(head), find(base)];
  const names = [...now.values(), ...before.values()];
  const isShared = ({ alert, severity }: AlertHistory): boolean =>
    names.some((other) => other.alert === alert && other.severity !== severity);
  const rows = [...new Set([...now.keys(), ...before.keys()])].flatMap((key): readonly Row[] => {
    const history = now.get(key);
    const known = history ?? before.get(key);
    if (!known || known.severity === "none") return [];
    return [
      {
        name: isShared(known) ? `${known.alert} (${known.severity})` : known.alert,
        alert: known.alert,
        severity: known.severity,
        isPaging: isPaging(known),
        head: countsOf(history, window, timeZone),
        ...(base && { base: countsOf(before.get(key), window, timeZone) }),
        history,
      },
    ];
  });
  const weight = (row: Row): number => Math.max(row.head.fired, row.base?.fired ?? 0);
  return rows.sort((a, b) => Number(b.isPaging) - Number(a.isPaging) || weight(b) - weight(a) || a.alert.localeCompare(b.alert));
}

/** What a change means, a sentence an alert: "this would have paged 3 times instead of 1". Nothing where nothing differs. */
export function differencesOf(report: BacktestReport): readonly string[] {
  return rowsOf(report).flatMap(({ name, isPaging: pages, head, base }) => {
    if (!base || isSame(head, base)) return [];
    if (pages && head.pages !== base.pages) {
      const night = head.nightPages !== base.nightPages ? `, at night ${head.nightPages} instead of ${base.nightPages}` : "";
      return [`${name} would have paged ${times(head.pages)} instead of ${base.pages}${night}.`];
    }
    if (head.fired !== base.fired) return [`${name} would have fired ${times(head.fired)} instead of ${base.fired}.`];
    if (head.inhibited !== base.inhibited)
      return [`${name} would have been inhibited ${times(head.inhibited)} instead of ${base.inhibited}.`];
    if (head.nightPages !== base.nightPages)
      return [`${name} would have paged at night ${times(head.nightPages)} instead of ${base.nightPages}.`];
    if (head.totalSeconds === base.totalSeconds) return [`${name} would have fired at other times.`];
    return [
      `${name} would have fired for ${describeSeconds(head.totalSeconds)} instead of ${describeSeconds(base.totalSeconds)}.`,
    ];
  });
}

function isSame(a: Counts, b: Counts): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** "once", "3 times". */
export function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** `2d 3h`, `12m`, `45s`: two units at most. */
export function describeSeconds(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3600],
    ["m", 60],
    ["s", 1],
  ] as const;
  let rest = Math.round(seconds);
  const parts = units.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, text: `${count}${unit}` };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return "0s";
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ text }) => text)
    .join(" ");
}
