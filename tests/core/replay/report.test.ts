import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { AlertHistory } from "../../../core/replay/history";
import { renderJson, renderMarkdown, renderText } from "../../../core/replay/render";
import { describeSeconds, differencesOf, type BacktestReport } from "../../../core/replay/report";

const noon = Date.UTC(2026, 10, 20, 12) / 1000;
const hour = 3600;

function history(
  alert: string,
  hours: readonly number[],
  { severity = "page", minutes = 10, silenced = false } = {},
): AlertHistory {
  const periods = hours.map((at) => {
    const from = noon - 48 * hour + at * hour;
    return {
      from,
      until: from + minutes * 60,
      isOpenBefore: false,
      isOpenAfter: false,
      ...(!silenced && { toldAt: from + 45 }),
    };
  });
  return { alert, severity, periods, instances: 1 };
}

function report(head: readonly AlertHistory[], base?: readonly AlertHistory[]): BacktestReport {
  const side = (histories: readonly AlertHistory[]) => ({ histories, told: ["Deep", "Slow", "Quiet"], unplayable: [] });
  return {
    server: "http://localhost:9090",
    window: { from: noon - 48 * hour, until: noon },
    timeZone: "UTC",
    everySeconds: 30,
    samples: 5760,
    series: 1,
    notes: [],
    head: side(head),
    ...(base && { base: side(base) }),
  };
}

describe("what differs", () => {
  const differing = (head: readonly AlertHistory[], base: readonly AlertHistory[]): readonly string[] =>
    differencesOf(report(head, base));

  for (const [what, head, base, expected] of [
    ["nothing", [history("Deep", [1])], [history("Deep", [1])], []],
    ["pages", [history("Deep", [1, 3, 5])], [history("Deep", [1])], ["Deep would have paged 3 times instead of 1."]],
    [
      "nights",
      [history("Deep", [1, 11])],
      [history("Deep", [1])],
      ["Deep would have paged 2 times instead of 1, at night 1 instead of 0."],
    ],
    ["only the night", [history("Deep", [11])], [history("Deep", [1])], ["Deep would have paged at night once instead of 0."]],
    ["no watchdog", [history("Alive", [1], { severity: "none" })], [], []],
    ["what is gone", [], [history("Deep", [1])], ["Deep would have paged 0 times instead of 1."]],
    [
      "warnings",
      [history("Slow", [1, 2], { severity: "warning" })],
      [history("Slow", [1], { severity: "warning" })],
      ["Slow would have fired 2 times instead of 1."],
    ],
    [
      "inhibition",
      [history("Slow", [1], { severity: "warning", silenced: true })],
      [history("Slow", [1], { severity: "warning" })],
      ["Slow would have been inhibited once instead of 0."],
    ],
    [
      "length",
      [history("Deep", [1], { minutes: 20 })],
      [history("Deep", [1])],
      ["Deep would have fired for 20m instead of 10m."],
    ],
    [
      "one of two severities",
      [history("Deep", [1]), history("Deep", [1, 2], { severity: "warning" })],
      [history("Deep", [1]), history("Deep", [1], { severity: "warning" })],
      ["Deep (warning) would have fired 2 times instead of 1."],
    ],
  ] as const) {
    it(`is told: ${what}`, () => {
      assert.deepEqual(differing(head, base), expected);
    });
  }
});

describe("a report", () => {
  it("is a table, what was silent, the pages, and a conclusion", () => {
    const text = renderText(
      report([history("Slow", [2], { severity: "warning" }), history("Deep", [1, 11])], [history("Deep", [1])]),
    );
    assert.equal(
      text,
      `What the alerts would have done on the data of http://localhost:9090, 2026-11-18 12:00 to 2026-11-20 12:00 (UTC; night is 22 to 6):
evaluated every 30s where a group says nothing else, over 5760 samples of 1 series.

ALERT  SEVERITY  FIRED  IN TOTAL   LONGEST   PAGES  AT NIGHT  INHIBITED
Deep   page      1 → 2  10m → 20m  10m       1 → 2  0 → 1     0
Slow   warning   0 → 1  0s → 10m   0s → 10m  -      -         0

Quiet would not have fired.

Pages, the newest first:
  2026-11-18 23:00  Deep, over after 9m 15s, at night
  2026-11-18 13:00  Deep, over after 9m 15s

Deep would have paged 2 times instead of 1, at night 1 instead of 0.
Slow would have fired once instead of 0.`,
    );
  });

  it("says that nothing would have changed, or that nobody would have been paged", () => {
    assert.match(renderText(report([history("Deep", [1])], [history("Deep", [1])])), /\n\nThe base would have done the same\.$/);
    assert.match(renderText(report([])), /\n\n3 other alerts would not have fired\.\n\nNobody would have been paged\.$/);
    assert.match(renderText(report([history("Deep", [1, 11])])), /Somebody would have been paged 2 times, once at night\.$/);
  });

  it("names what cannot be told, of the base only where it differs", () => {
    const untold = { alert: "Meta", why: "reads ALERTS, which other alerts make" };
    const one = report([], []);
    const text = renderText({
      ...one,
      head: { ...one.head, unplayable: [untold] },
      base: { histories: [], told: [], unplayable: [untold, { alert: "Old", why: "uses info()" }] },
    });
    assert.match(
      text,
      /Of 2 alerts nothing can be told:\n {2}Meta: it reads ALERTS, which other alerts make\.\n {2}Old of the base: it uses info\(\)\./,
    );
  });

  it("leaves the older of many pages to JSON, which has every period", () => {
    const many = report([
      history(
        "Deep",
        Array.from({ length: 30 }, (_, index) => index),
      ),
    ]);
    assert.match(renderText(many), / {2}… and 10 more, in --format json/);
    const { alerts } = JSON.parse(renderJson(many)) as { alerts: { pages: number; periods: unknown[] }[] };
    assert.deepEqual([alerts[0]?.pages, alerts[0]?.periods.length], [30, 30]);
  });

  it("is a table in Markdown too", () => {
    assert.match(renderMarkdown(report([history("Deep", [1])])), /\| alert \| severity \|.*\n\| --- .*\n\| Deep \| page \| 1 \|/);
  });

  it("writes lengths in two units", () => {
    assert.deepEqual([0, 45, 60, 3690, 86_400, 90_061, 200_000].map(describeSeconds), [
      "0s",
      "45s",
      "1m",
      "1h 1m",
      "1d",
      "1d 1h",
      "2d 7h",
    ]);
  });
});
