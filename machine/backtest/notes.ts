import { describeSeconds } from "../../core/replay/report";
import type { Window } from "../../core/replay/history";
import { localTime } from "../../core/replay/night";
import type { Presence } from "./server-facts";

/** What is to be known of the data, in sentences: that there is less of it than was asked for, and where it has holes. */
export function notesOf({
  asked,
  window,
  presence,
  finest,
  timeZone,
}: {
  /** From when on it was asked for. */
  readonly asked: number;
  readonly window: Window;
  readonly presence: Presence;
  /** The shortest interval of evaluation, in seconds. */
  readonly finest: number;
  readonly timeZone: string;
}): readonly string[] {
  const isShort = window.from > asked + 2 * finest;
  const gaps = presence.gaps.filter(({ until }) => until > window.from);
  const lost = gaps.reduce((sum, { from, until }) => sum + until - Math.max(from, window.from), 0);
  return [
    ...(isShort
      ? [
          `The server has data from ${localTime(window.from, timeZone)} on: ${describeSeconds(window.until - window.from)} of the ${describeSeconds(window.until - asked)} that were asked for. What looks further back sees less.`,
        ]
      : []),
    ...(lost > 0
      ? [`For ${describeSeconds(lost)} the server has no sample of any target: nothing is evaluated there, and what fires ends.`]
      : []),
    ...(presence.dataFrom === undefined
      ? ["The server has no series `up`: whether it was down for a while is not known, and it is taken for up."]
      : []),
  ];
}
