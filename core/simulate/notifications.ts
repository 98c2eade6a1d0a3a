import { groupWaitSeconds } from "../render/alertmanager";
import type { InhibitRule } from "../model/inhibit-rule";
import { canInhibit, isInhibited } from "./inhibition";
import type { AlertSpan, Timeline } from "./timeline";

/** An alert that fires, and when people hear of it; undefined while another one explains it. */
export interface Notification {
  readonly alert: AlertSpan;
  readonly toldAt: number | undefined;
}

/** Who hears of what: Alertmanager's inhibitions on the timeline. */
export function notificationsOf({ firing }: Timeline, rules: readonly InhibitRule[]): readonly Notification[] {
  const sources = firing.filter(({ labels }) => canInhibit(labels, rules));
  const moments = [...new Set(sources.flatMap(({ from, until }) => [from, until]))].filter(Number.isFinite).sort((a, b) => a - b);
  return firing.map((alert) => {
    const earliest = Math.min(
      alert.from + groupWaitSeconds(alert.labels["severity"] === "page" ? "page" : "warning"),
      alert.until - 1,
    );
    const heardAt = [earliest, ...moments.filter((moment) => moment > earliest && moment < alert.until)].find((moment) => {
      const others = sources.filter(({ from, until }) => from <= moment && moment < until).map(({ labels }) => labels);
      return !isInhibited(alert.labels, others, rules);
    });
    return { alert, toldAt: heardAt };
  });
}
