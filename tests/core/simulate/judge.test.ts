import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Expectation } from "../../../core/model/expectation";
import { judge } from "../../../core/simulate/judge";
import type { Notification } from "../../../core/simulate/notifications";

function fired(
  alertname: string,
  from: number,
  more: { severity?: string; until?: number; inhibited?: true } = {},
): Notification {
  const { severity = "page", until = Infinity, inhibited } = more;
  return {
    alert: { labels: { alertname, severity, service: alertname.startsWith("GC") ? "gc" : "mc" }, from, until },
    toldAt: inhibited ? undefined : from + 30,
  };
}

const page: Expectation = { type: "page", within: "2m" };
const warning: Expectation = { type: "warning", within: "10m" };
const down: Expectation = {
  type: "told",
  pages: [{ anyOf: ["GCDown"], within: "2m" }],
  warnings: [],
  butMay: ["MCSlow"],
  inhibited: ["MCLost"],
  overBy: "10m",
};
const lost = fired("MCLost", 120, { inhibited: true, until: 500 });

describe("an outcome", () => {
  for (const [what, expected, notifications, complaints] of [
    ["may be nothing", { type: "nothing" }, [], []],
    ["is not nothing when an inhibited alert fires", { type: "nothing" }, [lost], ["MCLost pages at 120 s"]],
    ["may be one page in time", page, [fired("MCDown", 90)], []],
    ["must not be late", page, [fired("MCDown", 135)], ["no page of mc within 120 s"]],
    ["must not be two pages", page, [fired("MCDown", 90), fired("MCGone", 300)], ["2 pages: MCDown at 90 s, MCGone at 300 s"]],
    [
      "must not be another service's",
      page,
      [fired("MCDown", 90), fired("GCSad", 90, { severity: "warning" })],
      ["GCSad warns at 90 s"],
    ],
    ["may be a warning", warning, [fired("MCSlow", 300, { severity: "warning" })], []],
    ["must not flap", warning, [fired("MCSlow", 300, { until: 400 }), fired("MCSlow", 500)], ["MCSlow ends and begins again"]],
    ["may be exactly what is told", down, [fired("GCDown", 90, { until: 500 }), lost], []],
    ["must inhibit what it explains", down, [fired("GCDown", 90, { until: 500 })], ["MCLost does not fire inhibited"]],
    ["must be over in time", down, [fired("GCDown", 90), lost], ["GCDown fires after 10m"]],
    [
      "must hold nothing beside, but what may be",
      down,
      [
        fired("GCDown", 90, { until: 500 }),
        lost,
        fired("MCSlow", 90, { severity: "warning", until: 500 }),
        fired("MCSad", 90, { until: 500 }),
      ],
      ["MCSad pages at 90 s"],
    ],
    [
      "must not page for what may be a warning",
      down,
      [fired("GCDown", 90, { until: 500 }), lost, fired("MCSlow", 90, { until: 500 })],
      ["MCSlow pages at 90 s"],
    ],
  ] as const satisfies readonly (readonly [string, Expectation, readonly Notification[], readonly string[]])[]) {
    it(what, () => assert.deepEqual(judge(expected, { notifications, service: "mc" }), complaints));
  }
});
