import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { cascadesOf } from "../../../core/model/cascades";
import { alert } from "../../../core/model/declared-alert";
import { service } from "../../../core/model/declared-service";
import { increaseBy, maxBy, quantile, rateBy, ratio, type MetricMeasure } from "../../../core/model/measure";
import { counter, gauge, histogram } from "../../../core/model/metric";
import { panel } from "../../../core/model/panel";
import { thresholds } from "../../../core/model/thresholds";

const packets = counter("mh_packets_total", {
  help: "Packets received.",
  labels: { kind: ["audio", "video"], lost: ["no", "yes"] },
});
const runbook = { path: "mh/incident-response.md", slug: "scenario-1-loss", title: "Scenario 1: Loss" };
const loss = panel("loss", { title: "Loss", of: ratio(packets, { bad: { lost: "yes" }, by: ["kind"] }) });
const shared = { summary: "{kind} loses {value}" } as const;
const impact = "Sound breaks up.";
const both = thresholds(loss, runbook, {
  ...shared,
  page: { name: "MHHighLoss", above: 0.1, for: "2m", impact: "Nobody hears {kind}." },
  warning: { name: "MHLoss", above: 0.02, impact },
});

describe("thresholds on a panel", () => {
  it("are alerts of their severities, each with what they share and with examples of its own", () => {
    assert.deepEqual(
      Object.entries(both).map(([severity, { name, when, for: held }]) => [severity, name, when, held]),
      [
        ["warning", "MHLoss", { above: 0.02 }, "5m"],
        ["page", "MHHighLoss", { above: 0.1 }, "2m"],
      ],
    );
    assert.match(both.page.impact, /^Nobody hears \{\{ \$labels\.kind \}\}\.$/);
    assert.ok(both.page.examples.some(({ type }) => type === "fires"));
  });

  it("say without a summary what the panel shows, of which labels, and the number", () => {
    const { warning } = thresholds(loss, runbook, { warning: { name: "MHLoss", above: 0.02, impact } });
    assert.match(warning.summary, /^Loss, \{\{ \$labels\.kind \}\}: \{\{ .* \}\}$/);
    const of = quantile(0.95, histogram("mh_wait_seconds", { help: "Wait.", labels: { kind: ["a", "b"] }, buckets: [1, 2] }), {
      by: ["kind"],
    });
    const waits = panel("wait", { title: "Wait p95 by kind", of });
    const { page } = thresholds(waits, runbook, { page: { name: "MHWait", above: 1, impact } });
    assert.match(page.summary, /^Wait p95, \{\{ \$labels\.kind \}\}: /);
  });

  it("are refused where the milder one lies beyond the graver one, or on its other side", () => {
    const page = { name: "MHHighLoss", above: 0.1, impact };
    const swapped = (warning: { readonly name: string; readonly above: number; readonly impact: string }) => () =>
      thresholds(loss, runbook, { ...shared, warning, page });
    assert.throws(swapped({ name: "MHLoss", above: 0.2, impact }), /"MHLoss" must come before "MHHighLoss"/);
    assert.throws(swapped({ name: "MHLoss", above: 0.1, impact }), TypeError);
    assert.throws(
      () => thresholds(loss, runbook, { ...shared, warning: { name: "MHLoss", below: 0.01, impact }, page }),
      TypeError,
    );
    const falling = { warning: { name: "MHFew", below: 5, impact }, page: { name: "MHFewer", below: 1, impact } };
    assert.equal(thresholds(loss, runbook, { ...shared, ...falling }).page.milder, "MHFew");
  });

  it("explain each other, label by label, unless a cascade says so in its own words", () => {
    const mh = service("mh", { title: "Media Handler", alerts: { loss: both } });
    assert.deepEqual(mh.alerts, [both.warning, both.page]);
    const [cascade, ...others] = cascadesOf([mh], []);
    assert.equal(others.length, 0);
    assert.deepEqual([cascade?.upstream, cascade?.downstream, cascade?.equal], [both.page, [both.warning], ["kind"]]);
    const own = { upstream: both.page, downstream: [both.warning], reason: "Mine." };
    assert.deepEqual(cascadesOf([mh], [own]), [own]);
  });
});

describe("what an author leaves out", () => {
  it("follows from the name of a metric: its unit, and no labels", () => {
    assert.equal(packets.unit, "packets");
    const age = gauge("mh_key_age_seconds", { help: "Age." });
    assert.deepEqual([age.unit, age.labels], ["seconds", {}]);
    assert.equal(gauge("mh_streams_active", { unit: "streams", help: "Streams." }).unit, "streams");
  });

  it("of an alert is how long it must hold: 5 minutes", () => {
    const spec = { panel: loss, above: 0.1, severity: "page", summary: "x", impact: "x", runbook } as const;
    assert.equal(alert("MHLoss", spec).for, "5m");
    assert.equal(alert("MHLoss", { ...spec, for: "0s" }).for, "0s");
  });

  const time = histogram("mh_wait_seconds", { help: "Time in the queue.", buckets: [1, 2] });
  const depth = gauge("mh_depth", { unit: "packets", help: "Packets that wait" });
  const rows: readonly (readonly [string, MetricMeasure])[] = [
    ["Packets received: the share with lost yes.", ratio(packets, { bad: { lost: "yes" } })],
    ["Time in the queue: 95 % are at most this.", quantile(0.95, time)],
    ["Packets received: how many a second.", rateBy(packets, ["kind"])],
    ["Packets received: how many within the last 5m.", increaseBy(packets, [], { within: "5m", job: "mh" })],
    ["Packets that wait.", maxBy(depth, [])],
  ];
  it.each(rows)("of a panel is what it shows: %s", (description, of) => {
    assert.equal(panel("x", { title: "X", of }).description, description);
    assert.equal(panel("x", { title: "X", description: "Mine.", of }).description, "Mine.");
  });
});
