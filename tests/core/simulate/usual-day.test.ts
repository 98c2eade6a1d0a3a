import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { alert } from "../../../core/model/declared-alert";
import { service, type ServiceSpec } from "../../../core/model/declared-service";
import { latency, level, rate } from "../../../core/model/good-day";
import { increaseBy, maxBy, minBy, quantile, rateBy, ratio, type MetricMeasure } from "../../../core/model/measure";
import { counter, gauge, histogram, nativeHistogram } from "../../../core/model/metric";
import { dashboard, panel } from "../../../core/model/panel";
import { promql } from "../../../core/model/query";
import { latencySlo, ratioSlo } from "../../../core/model/slo";
import { silentMetrics } from "../../../core/simulate/silent-metrics";
import { usualDay } from "../../../core/simulate/usual-day";
import { exampleModel } from "../checks/example";

const kind = ["audio", "video"] as const;
const metrics = {
  packets: counter("mh_packets_total", { help: "Packets.", traffic: true, labels: { kind, status: ["ok", "late", "lost"] } }),
  errors: counter("mh_errors_total", { help: "Errors." }),
  wait: histogram("mh_wait_seconds", { help: "Wait.", labels: { kind }, buckets: [0.1, 1, 10] }),
  depth: gauge("mh_depth_bytes", { help: "What waits." }),
  free: gauge("mh_free_ratio", { help: "What is free." }),
  ofRegion: counter("mh_region_total", { help: "By region.", traffic: true, labels: { region: { atMost: 5 } } }),
};
const runbook = { path: "mh/incident-response.md", slug: "scenario-1-loss", title: "Scenario 1: Loss" };
const workload = {
  name: "MH",
  namespace: "dark-tower",
  deployments: [{ name: "mh", replicas: 1 }],
  job: "mh",
  port: 8080,
  limits: { cpuCores: 1, memoryBytes: 1024 ** 3 },
};
const shown = (of: MetricMeasure) => panel("it", { title: "It", of });
const told = { severity: "warning", summary: "x", impact: "x", runbook } as const;

/** A service with one panel of a measure, and what is asked of it. */
function day(of: MetricMeasure, spec: Partial<ServiceSpec> & { readonly above?: number; readonly below?: number } = {}) {
  const { above, below, ...rest } = spec;
  const it = shown(of);
  const mh = service("mh", {
    title: "MH",
    metrics,
    dashboards: [dashboard("mh-overview", { title: "MH", description: "MH.", rows: { All: [it] } })],
    alerts: {
      ...(above !== undefined && { above: alert("MHAbove", { ...told, panel: it, above }) }),
      ...(below !== undefined && { below: alert("MHBelow", { ...told, panel: it, below }) }),
    },
    ...rest,
  });
  return usualDay(mh);
}

describe("what a service leaves out of its good day", () => {
  it("is of a share what is good in the eyes of all shares, of every kind", () => {
    assert.deepEqual(day(ratio(metrics.packets, { bad: { status: "lost" }, by: ["kind"] })).traffic, [
      rate(metrics.packets, { status: "ok" }, { perMinute: 60 }),
    ]);
    assert.deepEqual(day(ratio(metrics.packets, { bad: { status: /lost|ok/ } })).traffic, [
      rate(metrics.packets, { status: "late" }, { perMinute: 60 }),
    ]);
  });

  it("is of times well within the lowest threshold, of an alert or an objective", () => {
    const of = quantile(0.95, metrics.wait, { by: ["kind"] });
    const seconds = (spec?: Parameters<typeof day>[1]) => day(of, spec).traffic;
    assert.deepEqual(seconds({ above: 4 }), [latency(metrics.wait, {}, { perMinute: 60, seconds: 1 })]);
    const native = nativeHistogram("mh_native_seconds", { help: "Wait." });
    assert.deepEqual(day(quantile(0.95, native), { above: 4 }).traffic, [latency(native, {}, { perMinute: 60, seconds: 1 })]);
    assert.deepEqual(seconds(), [latency(metrics.wait, {}, { perMinute: 60, seconds: 0.1 })]);
    const slo = latencySlo("mh-wait", {
      title: "Wait",
      histogram: metrics.wait,
      thresholdSeconds: 1,
      objective: 0.95,
      impact: "x",
      runbook,
    });
    assert.deepEqual(seconds({ above: 4, slos: { slo } })[0], latency(metrics.wait, {}, { perMinute: 60, seconds: 0.25 }));
  });

  it("is of a gauge a level on the good side, which does not fall by night where it is watched from below", () => {
    assert.deepEqual(day(maxBy(metrics.depth, []), { above: 10 }).traffic, [level(metrics.depth, {}, 5)]);
    assert.deepEqual(day(minBy(metrics.free, []), { below: 0.2 }), {
      traffic: [],
      background: [level(metrics.free, {}, 0.6)],
    });
    assert.deepEqual(day(minBy(metrics.depth, []), { below: 4 }).background, [level(metrics.depth, {}, 8)]);
  });

  it("is of an objective its good events", () => {
    const slo = ratioSlo("mh-packets", {
      title: "Packets",
      counter: metrics.packets,
      good: { status: "ok" },
      objective: 0.99,
      impact: "x",
      runbook,
    });
    const [usual, ...others] = day(rateBy(metrics.errors, []), { slos: { slo } }).traffic;
    assert.deepEqual([usual?.metric.name, usual?.labels["status"], others.length], ["mh_packets_total", "ok", 0]);
  });

  it("is nothing of what may never happen, of what nobody watches, and of what the service says itself", () => {
    assert.deepEqual(day(increaseBy(metrics.errors, [], { within: "5m", job: "mh" }), { above: 0 }).traffic, []);
    assert.deepEqual(day(maxBy(metrics.depth, [])).traffic, []);
    const own = { traffic: [rate(metrics.packets, { status: "late" }, { perMinute: 6 })] };
    assert.deepEqual(day(ratio(metrics.packets, { bad: { status: "lost" } }), { goodDay: own }).traffic, own.traffic);
  });
});

describe("simulate warns of a metric that has no series on a good day", () => {
  const silent = (query: ReturnType<typeof promql>, goodDay?: ServiceSpec["goodDay"]) => {
    const it = panel("it", { title: "It", description: "It.", unit: "short", queries: { it: { query, legend: "" } } });
    const mh = service("mh", {
      title: "MH",
      workload,
      metrics,
      dashboards: [dashboard("mh-overview", { title: "MH", description: "MH.", rows: { All: [it] } })],
      alerts: { it: alert("MHIt", { ...told, panel: it, above: 1 }) },
      ...(goodDay && { goodDay }),
    });
    return silentMetrics({ ...exampleModel(), services: [mh] }, [mh]);
  };
  const message = (name: string, entry: string): string =>
    `mh: ${name} has no series on a good day, though MHIt reads it: what is played says nothing of that. Write into \`goodDay\` of service("mh", …): ${entry}`;

  it("and that an alert reads, with the entry to write", () => {
    assert.deepEqual(silent(promql`sum(rate(${metrics.packets}[5m]))`), [
      message("mh_packets_total", "rate(metrics.packets, {}, { perMinute: 60 })"),
    ]);
    assert.deepEqual(silent(promql`sum(rate(${metrics.wait.count}[5m]))`), [
      message("mh_wait_seconds", "latency(metrics.wait, {}, { perMinute: 60, seconds: 0.1 })"),
    ]);
  });

  it("with a value for a label that lists none", () => {
    assert.deepEqual(silent(promql`sum(rate(${metrics.ofRegion}[5m]))`), [
      message("mh_region_total", 'rate(metrics.ofRegion, { region: "example" }, { perMinute: 60 })'),
    ]);
  });

  it("but not of errors, of gauges at 0, and of what the good day says", () => {
    assert.deepEqual(silent(promql`sum(rate(${metrics.errors}[5m]))`), []);
    assert.deepEqual(silent(promql`max(${metrics.depth})`), []);
    const said = { traffic: [rate(metrics.packets, {}, { perMinute: 60 })] };
    assert.deepEqual(silent(promql`sum(rate(${metrics.packets}[5m]))`, said), []);
  });
});
