import assert from "node:assert/strict";
import { beforeAll, describe, it } from "@jest/globals";
import type { RuleGroup } from "../../../core/render/rule-groups";
import { readConfiguration } from "../../../core/simulate/alertmanager-configuration";
import { playLive, type PlayedLive } from "../../../core/simulate/play-live";
import { alertmanager as alertmanagerPath } from "../../tools/alertmanager";
import { prometheus as prometheusPath } from "../../tools/prometheus";
import type { StoredSeries } from "../../../core/simulate/stored-series";

const minute = 60;

/** A series with a sample every 15 s. */
function series(name: string, value: (second: number) => number): StoredSeries {
  const seconds = Array.from({ length: (30 * minute) / 15 + 1 }, (_, step) => step * 15 - 15 * minute);
  return { name, labels: { job: "demo", instance: "a" }, samples: seconds.map((second) => [second, value(second)]) };
}

/** `up` of a target that is gone for a while. */
function returning(from: number, until: number): StoredSeries {
  const { samples, ...up } = series("up", () => 1);
  const [before, after] = [samples.filter(([second]) => second < from), samples.filter(([second]) => second >= until)];
  return { ...up, samples: [...before, [from, "stale"], ...after] };
}

function rule(alert: string, expr: string, held: string): RuleGroup["rules"][number] {
  const labels = { severity: "page" };
  return { alert, expr, for: held, labels, annotations: { summary: `${alert}: {{ $value | humanize }}` } };
}

const groups: readonly RuleGroup[] = [
  { name: "upstream", rules: [rule("Gone", 'absent(up{job="demo"})', "1m")] },
  {
    name: "downstream",
    rules: [
      { record: "demo:errors:rate2m", expr: "sum(rate(errors_total[2m]))" },
      rule("Errors", "demo:errors:rate2m > 0.5", "1m"),
      rule("Many", "sum(increase(errors_total[10m])) > 100", "1m"),
    ],
  },
];

const alertmanager = readConfiguration({
  route: { receiver: "all", group_by: ["alertname"], group_wait: "45s", group_interval: "2m", repeat_interval: "1h" },
  receivers: [{ name: "all", webhook_configs: [{ url_file: "/nowhere" }] }],
  inhibit_rules: [{ source_matchers: ['alertname="Gone"'], target_matchers: ['alertname="Errors"'], equal: ["severity"] }],
});

describe("a situation played through Prometheus and Alertmanager", () => {
  let played: PlayedLive = { alerts: [], messages: [] };
  beforeAll(async () => {
    played = await playLive({
      // The target is gone for 6 minutes; meanwhile there is one error a second, for 4 minutes.
      series: [returning(0, 6 * minute), series("errors_total", (second) => Math.min(Math.max(0, second), 4 * minute))],
      lastsSeconds: 11 * minute,
      groups,
      alertmanager,
      commands: { prometheus: await prometheusPath(), alertmanager: await alertmanagerPath() },
    });
  });
  const alertOf = (name: string): PlayedLive["alerts"][number] | undefined =>
    played.alerts.find(({ labels }) => labels["alertname"] === name);

  // An evaluation is at most 30 s late, and the machine may be a second: a minute of the situation.
  it("fires and ends when it would in real time", () => {
    assert.deepEqual(played.alerts.map(({ labels }) => labels["alertname"]).sort(), ["Errors", "Gone", "Many"]);
    const gone = alertOf("Gone");
    assert.ok(isWithin(gone?.from, [60, 180]), `It fires at ${String(gone?.from)} s.`);
    assert.ok(isWithin(gone?.until, [360, 480]), `It ends at ${String(gone?.until)} s.`);
  });

  it("prints values as in real time: half an error a second or more, and more than 100 errors", () => {
    assert.match(alertOf("Errors")?.annotations["summary"] ?? "", /^Errors: (0\.[5-9]\d*|1|1\.0\d*)$/);
    assert.match(alertOf("Many")?.annotations["summary"] ?? "", /^Many: [12]\d\d(\.\d+)?$/);
  });

  it("tells what is not silenced, in order, and that it ended", () => {
    assert.deepEqual(alertOf("Errors")?.inhibitedBy, ["Gone"]);
    assert.deepEqual(
      played.messages.map(({ title }) => title),
      ["Gone firing", "Many firing", "Gone resolved"],
    );
    const [first] = played.messages;
    assert.ok(isWithin(first?.second, [105, 240]), `It is told at ${String(first?.second)} s.`);
  });
});

function isWithin(second: number | undefined, [from, until]: readonly [number, number]): boolean {
  return second !== undefined && from <= second && second <= until;
}
