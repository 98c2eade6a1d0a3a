/** When people sleep: from this hour until that, on their own clock. */
export const nightHours = { from: 22, until: 6 } as const;

/** Whether a moment, in Unix seconds, is at night in a time zone such as `Europe/Vienna`, or `UTC`. */
export function isAtNight(second: number, timeZone: string): boolean {
  const hour = hourIn(second, timeZone);
  return hour >= nightHours.from || hour < nightHours.until;
}

/** Whether there is such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    clockIn(name);
    return true;
  } catch {
    return false;
  }
}

/** A moment on the clock of a time zone: `2026-11-25 23:10`. */
export function localTime(second: number, timeZone: string): string {
  const { year = "", month = "", day = "", hour = "", minute = "" } = partsOf(second, timeZone);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

function hourIn(second: number, timeZone: string): number {
  return Number(partsOf(second, timeZone)["hour"]);
}

function partsOf(second: number, timeZone: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    clockIn(timeZone)
      .formatToParts(second * 1000)
      .map(({ type, value }) => [type, value]),
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const two = "2-digit";
  const known =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: two,
      day: two,
      hour: two,
      minute: two,
      hourCycle: "h23",
    });
  clocks.set(timeZone, known);
  return known;
}
