import { groupBy } from "../model/group-by";
import type { InhibitRule } from "../model/inhibit-rule";
import { notificationsOf } from "../simulate/notifications";
import type { AlertSpan } from "../simulate/timeline";
import { isAtNight } from "./night";

/** The time that is looked at, in Unix seconds. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** A time during which an alert fired for at least one set of labels. */
export interface Period extends Window {
  /** That it fired before the window already, so that `from` is its beginning. */
  readonly isOpenBefore: boolean;
  /** That it fires still at the end, so that `until` is that. */
  readonly isOpenAfter: boolean;
  /** When somebody heard of it; undefined where other alerts silenced it all the time. */
  readonly toldAt?: number;
}

/** What the alerts of a name and a severity did. */
export interface AlertHistory {
  readonly alert: string;
  readonly severity: string;
  readonly periods: readonly Period[];
  /** How many sets of labels it fired for. */
  readonly instances: number;
}

/** Severities by which somebody is woken. */
const paging = ["page", "critical"];

/** Whether somebody is paged for an alert of the severity. */
export function isPaging({ severity }: Pick<AlertHistory, "severity">): boolean {
  return paging.includes(severity);
}

/** How an alert's history is found again: its name, and the severity where one name has several. */
export function historyKey({ alert, severity }: Pick<AlertHistory, "alert" | "severity">): string {
  return JSON.stringify([alert, severity]);
}

/**
 * The histories of what fired within a window. Alerts of one name and severity that fire at the same time are told together,
 * as Alertmanager does it that groups by the name: they are one period.
 */
export function historiesOf(
  firing: readonly AlertSpan[],
  inhibitions: readonly InhibitRule[],
  window: Window,
): readonly AlertHistory[] {
  const notifications = notificationsOf({ firing, pending: [] }, inhibitions);
  const groups = groupBy(notifications, ({ alert: { labels } }) =>
    historyKey({ alert: labels["alertname"] ?? "", severity: labels["severity"] ?? "" }),
  );
  return [...groups.values()].flatMap((group) => {
    const labels = group[0]?.alert.labels ?? {};
    const within = group.filter(({ alert }) => alert.from < window.until && alert.until > window.from);
    const fired = union(within.map(({ alert }) => alert));
    const told = union(
      within.flatMap(({ alert, toldAt }) => (toldAt === undefined ? [] : [{ from: toldAt, until: alert.until }])),
    );
    if (fired.length === 0) return [];
    return [
      {
        alert: labels["alertname"] ?? "",
        severity: labels["severity"] ?? "",
        periods: fired.flatMap((period) => clip(period, told, window)),
        instances: new Set(within.map(({ alert }) => JSON.stringify(alert.labels))).size,
      },
    ];
  });
}

function union(spans: readonly Window[]): readonly Window[] {
  const joined: { from: number; until: number }[] = [];
  for (const { from, until } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ from, until });
  }
  return joined;
}

function clip({ from, until }: Window, told: readonly Window[], window: Window): readonly Period[] {
  const heard = told.find((one) => one.from >= from && one.from < until);
  return [
    {
      from: Math.max(from, window.from),
      until: Math.min(until, window.until),
      isOpenBefore: from < window.from,
      isOpenAfter: until > window.until,
      ...(heard && { toldAt: heard.from }),
    },
  ];
}

/** The numbers of a history. */
export interface Counts {
  readonly fired: number;
  readonly totalSeconds: number;
  readonly longestSeconds: number;
  /** How often somebody was paged within the window. None where the severity pages nobody. */
  readonly pages: number;
  readonly nightPages: number;
  /** Periods that nobody heard of. */
  readonly inhibited: number;
}

/** Counts what an alert did; nothing where it did not fire. */
export function countsOf(history: AlertHistory | undefined, { from }: Window, timeZone: string): Counts {
  const periods = history?.periods ?? [];
  const lengths = periods.map((period) => period.until - period.from);
  const pages = history && isPaging(history) ? periods.flatMap(({ toldAt }) => toldAt ?? []).filter((told) => told >= from) : [];
  return {
    fired: periods.length,
    totalSeconds: lengths.reduce((sum, length) => sum + length, 0),
    longestSeconds: Math.max(0, ...lengths),
    pages: pages.length,
    nightPages: pages.filter((told) => isAtNight(told, timeZone)).length,
    inhibited: periods.filter(({ toldAt }) => toldAt === undefined).length,
  };
}
