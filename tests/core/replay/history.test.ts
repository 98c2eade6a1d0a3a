import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { InhibitRule } from "../../../core/model/inhibit-rule";
import { countsOf, historiesOf, type AlertHistory } from "../../../core/replay/history";
import { isAtNight, isTimeZone, localTime } from "../../../core/replay/night";
import type { AlertSpan } from "../../../core/simulate/timeline";

const minute = 60;
const window = { from: 1000 * minute, until: 2000 * minute };

function span(alertname: string, from: number, until: number, more: Readonly<Record<string, string>> = {}): AlertSpan {
  return { labels: { alertname, severity: "page", ...more }, from: from * minute, until: until * minute };
}

function historyOf(spans: readonly AlertSpan[], inhibitions: readonly InhibitRule[] = [], alert = "A"): AlertHistory | undefined {
  return historiesOf(spans, inhibitions, window).find((history) => history.alert === alert);
}

/** From and until in minutes, with where a period is open. */
function periodsOf(history: AlertHistory | undefined): readonly string[] {
  return (history?.periods ?? []).map(
    ({ from, until, isOpenBefore, isOpenAfter }) =>
      `${isOpenBefore ? "…" : ""}${from / minute}-${until / minute}${isOpenAfter ? "…" : ""}`,
  );
}

describe("the periods of an alert", () => {
  it("are clipped to the window, and say so", () => {
    const spans = [span("A", 900, 1010), span("A", 1990, Infinity), span("A", 100, 999), span("A", 500, 1000)];
    assert.deepEqual(periodsOf(historyOf(spans)), ["…1000-1010", "1990-2000…"]);
    assert.deepEqual(periodsOf(historyOf([span("A", 10, Infinity)])), ["…1000-2000…"]);
    assert.equal(historyOf([span("A", 10, 1000)]), undefined);
  });

  it("are one for sets of labels that fire at the same time, one after the other or one within the other", () => {
    const spans = [
      span("A", 1100, 1110, { pod: "a" }),
      span("A", 1105, 1120, { pod: "b" }),
      span("A", 1101, 1102, { pod: "c" }),
      span("A", 1130, 1140, { pod: "a" }),
    ];
    const history = historyOf(spans);
    assert.deepEqual(periodsOf(history), ["1100-1120", "1130-1140"]);
    assert.equal(history?.instances, 3);
    assert.equal(countsOf(history, window, "UTC").pages, 2);
  });

  it("are those of each severity that a name has", () => {
    const spans = [span("A", 1100, 1110), span("A", 1105, 1120, { severity: "warning" })];
    assert.deepEqual(
      historiesOf(spans, [], window).map(({ severity, periods }) => [severity, periods.length]),
      [
        ["page", 1],
        ["warning", 1],
      ],
    );
  });
});

describe("who is paged", () => {
  const counts = (spans: readonly AlertSpan[], inhibitions: readonly InhibitRule[] = []): readonly number[] => {
    const { fired, pages, inhibited } = countsOf(historyOf(spans, inhibitions), window, "UTC");
    return [fired, pages, inhibited];
  };
  const byB: InhibitRule = {
    sourceMatch: [{ name: "alertname", matchType: "=", value: "B" }],
    targetMatch: [{ name: "alertname", matchType: "!=", value: "B" }],
    equal: ["zone"],
  };

  it("is nobody for what was told before the window, or has another severity", () => {
    assert.deepEqual(counts([span("A", 990, 1010)]), [1, 0, 0]);
    assert.deepEqual(counts([span("A", 1100, 1110, { severity: "info" })]), [1, 0, 0]);
    assert.deepEqual(counts([span("A", 1100, 1110, { severity: "critical" })]), [1, 1, 0]);
  });

  it("is nobody while another alert silences it, and somebody when that ends first", () => {
    const zoned = (from: number, until: number): AlertSpan => span("A", from, until, { zone: "x" });
    assert.deepEqual(counts([zoned(1100, 1110), span("B", 1090, 1120, { zone: "x" })], [byB]), [1, 0, 1]);
    assert.deepEqual(counts([zoned(1100, 1110), span("B", 1090, 1120, { zone: "y" })], [byB]), [1, 1, 0]);
    assert.deepEqual(counts([zoned(1100, 1130), span("B", 1090, 1120, { zone: "x" })], [byB]), [1, 1, 0]);
    const history = historyOf([zoned(1100, 1130), span("B", 1090, 1120, { zone: "x" })], [byB]);
    assert.equal(history?.periods[0]?.toldAt, 1120 * minute);
  });

  it("is somebody at once where another set of labels is not silenced", () => {
    const spans = [
      span("A", 1100, 1110, { zone: "x" }),
      span("A", 1102, 1110, { zone: "y" }),
      span("B", 1090, 1120, { zone: "x" }),
    ];
    assert.deepEqual(counts(spans, [byB]), [1, 1, 0]);
  });
});

describe("night", () => {
  const at = (text: string): number => Date.parse(text) / 1000;

  it("is from 22 to 6 across midnight, on the clock of the time zone, with its summer time", () => {
    assert.deepEqual(
      [
        "2026-11-20T21:59:59Z",
        "2026-11-20T22:00:00Z",
        "2026-11-21T00:30:00Z",
        "2026-11-21T05:59:59Z",
        "2026-11-21T06:00:00Z",
      ].map((text) => isAtNight(at(text), "UTC")),
      [false, true, true, true, false],
    );
    assert.equal(isAtNight(at("2026-11-20T21:30:00Z"), "Europe/Vienna"), true);
    assert.equal(isAtNight(at("2026-07-20T20:30:00Z"), "Europe/Vienna"), true);
    assert.equal(isAtNight(at("2026-11-20T20:30:00Z"), "Europe/Vienna"), false);
    assert.equal(localTime(at("2026-11-20T23:05:00Z"), "Europe/Vienna"), "2026-11-21 00:05");
  });

  it("is known only where the time zone is", () => {
    assert.deepEqual(["UTC", "Europe/Vienna", "Vienna", ""].map(isTimeZone), [true, true, false, false]);
  });
});
