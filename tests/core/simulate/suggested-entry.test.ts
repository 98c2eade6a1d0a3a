import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Expectation } from "../../../core/model/expectation";
import type { Notification } from "../../../core/simulate/notifications";
import type { Played } from "../../../core/simulate/run";
import { suggestedEntries } from "../../../core/simulate/suggested-entry";

const view = { convention: "plain", scrapeSeconds: 15 } as const;

function told(alertname: string, severity: string, from: number, toldAt: number | undefined = from): Notification {
  return { alert: { labels: { alertname, severity }, from, until: from + 300 }, toldAt };
}

function played(id: string, notifications: readonly Notification[], expect: Expectation = { type: "nothing" }): Played {
  const world = (): never => assert.fail("Nothing is played here.");
  const situation = { id, title: id, service: "mh", historySeconds: 0, lastsSeconds: 600, views: [view], world, expect };
  const complaints = notifications.map(({ alert }) => `${String(alert.labels["alertname"])} fires`);
  return { name: id, situation, view, timeline: { firing: [], pending: [] }, notifications, complaints, answers: new Map() };
}

describe("what to write for a situation in which alerts fire that nobody expects", () => {
  it("names pages, warnings and what is inhibited, by when the slowest view tells of them", () => {
    const entries = suggestedEntries([
      played("mh/first-error", [told("MHPanic", "page", 15), told("MHDrops", "warning", 30)]),
      played("mh/first-error", [told("MHPanic", "page", 75), { ...told("MHErrors", "warning", 90), toldAt: undefined }]),
    ]);
    assert.equal(entries.length, 1);
    assert.match(
      String(entries[0]),
      /expect: \{ type: "told", pages: \[\{ anyOf: \["MHPanic"\], within: "2m" \}\], warnings: \[\{ anyOf: \["MHDrops"\], within: "1m" \}\], inhibited: \["MHErrors"\] \},/,
    );
  });

  it("is nothing where all is as expected, and where an alert that fires is a false one", () => {
    assert.deepEqual(suggestedEntries([played("mh/first-error", [])]), []);
    assert.deepEqual(suggestedEntries([played("mh/one-failed-scrape", [told("MHPanic", "page", 15)])]), []);
    assert.deepEqual(
      suggestedEntries([played("mh/first-error", [told("MHPanic", "page", 15)], { type: "page", within: "1m" })]),
      [],
    );
  });
});
