import { rate } from "../core/model/good-day";
import { gc } from "../services/gc";
import { alerts as gcAlerts } from "../services/gc/alerts";
import { metrics as gcMetrics } from "../services/gc/metrics";
import { mc } from "../services/mc";
import { alerts as mcAlerts } from "../services/mc/alerts";
import { metrics as mcMetrics } from "../services/mc/metrics";
import { becomes, change, firstOf, remove, replace, restart, stop } from "../core/simulate/changes";
import type { Situation } from "../core/simulate/situation";
import { allGcs, allMcs, heartbeatsFail, incident, mc0, minute, registered } from "./system";

const mcWarnings = [
  mcAlerts.heartbeatErrors.name,
  mcAlerts.readyNotRegistered.name,
  mcAlerts.liveNotReady.name,
  gcAlerts.unhealthyMcs.name,
];
const gcDown = [gcAlerts.down.name, gcAlerts.notReady.name];
const mcDown = [mcAlerts.down.name];

/** What is lost, for a while or until somebody notices. */
export const losing: readonly Situation[] = [
  incident({
    id: "losing/mc-without-pod",
    title: "one of two MCs has no pod: it is pending, and no target",
    service: mc.id,
    lastsSeconds: 30 * minute,
    world: (world) => remove(registered(world, 30, { healthy: 1 }), mc0, 0),
    expect: { type: "warning", within: "15m" },
  }),
  incident({
    id: "losing/gc-without-pod",
    title: "one of two GCs has no pod",
    service: gc.id,
    lastsSeconds: 30 * minute,
    world: (world) => remove(world, firstOf(gc), 0),
    expect: { type: "warning", within: "15m" },
  }),
  incident({
    id: "losing/all-gcs-gone",
    title: "all GC pods and targets are gone, no heartbeat succeeds; after 20 minutes all are back",
    lastsSeconds: 35 * minute,
    world: (world) =>
      heartbeatsFail(
        replace(world, allGcs, () => ({ at: 20 * minute, oldUntil: 0 })),
        allMcs,
        { from: 0, until: 20 * minute + 15 },
      ),
    expect: {
      type: "told",
      pages: [{ anyOf: gcDown, within: "2m" }],
      warnings: [],
      butMay: mcWarnings,
      inhibited: [mcAlerts.heartbeatsStopped.name],
      overBy: "30m",
    },
  }),
  incident({
    id: "losing/all-mcs-gone",
    title: "all MC pods and targets are gone; the GC has no MC to assign",
    lastsSeconds: 20 * minute,
    world: (world) =>
      becomes(registered(remove(world, allMcs, 0), 30, { healthy: 0, unhealthy: 2 }), allGcs, 30, [
        rate(gcMetrics.assignments, { status: "success", rejection_reason: "none" }, { perMinute: 0 }),
        rate(gcMetrics.assignments, { status: "rejected", rejection_reason: "no_mcs_available" }, { perMinute: 60 }),
      ]),
    expect: {
      type: "told",
      pages: [{ anyOf: mcDown, within: "2m" }],
      warnings: [],
      butMay: [gcAlerts.unhealthyMcs.name, gcAlerts.assignmentFailures.name],
      inhibited: [gcAlerts.noHealthyMcs.name],
    },
  }),
  incident({
    id: "losing/gcs-in-crash-loop",
    title: "both GCs crash and cannot be scraped, though their pods stay; heartbeats fail at once",
    lastsSeconds: 20 * minute,
    world: (world) => heartbeatsFail(stop(world, allGcs, 0), allMcs, { from: 0 }),
    expect: {
      type: "told",
      pages: [{ anyOf: gcDown, within: "2m" }],
      warnings: [],
      butMay: mcWarnings,
      inhibited: [mcAlerts.heartbeatsStopped.name],
    },
  }),
  incident({
    id: "losing/mc-killed-for-memory",
    title: "an MC is killed once for memory and is back after 30 s: its meetings are lost",
    service: mc.id,
    lastsSeconds: 15 * minute,
    world: (world) => restart(world, mc0, [{ at: 0, pause: 30 }]),
    expect: { type: "page", within: "3m" },
  }),
  incident({
    id: "losing/mc-scaled-to-none",
    title: "an MC is scaled to 0 and forgotten",
    service: mc.id,
    lastsSeconds: 130 * minute,
    everySeconds: 60,
    world: (world) => {
      const gone = remove(registered(world, 30, { healthy: 1 }), mc0, 0);
      const deployments = gone.deployments.map((each) =>
        each.name === "mc-0" ? { ...each, wanted: [...each.wanted, { from: 0, replicas: 0 }] } : each,
      );
      return { ...gone, deployments };
    },
    expect: { type: "warning", within: "2h" },
  }),
  incident({
    id: "losing/metric-renamed",
    title: "a release no longer exports a metric that alerts read; the rest works",
    service: mc.id,
    lastsSeconds: 45 * minute,
    everySeconds: 30,
    world: (world) =>
      replace(world, allMcs, (place) => ({
        at: place * 120,
        oldUntil: place * 120,
        readyAfter: 20,
        flows: (flows) => flows.filter(({ metric }) => metric.name !== mcMetrics.mailboxDepth.name),
      })),
    expect: { type: "warning", within: "40m" },
  }),
  incident({
    id: "losing/readiness-unknown",
    title: "kube-state-metrics is gone while both GCs live and are not ready",
    lastsSeconds: 20 * minute,
    service: gc.id,
    world: (world) => ({
      ...change(world, allGcs, (instance) => ({ ...instance, notReady: [{ from: 30, until: Infinity }] })),
      kubeStateMetricsDown: [{ from: 0, until: Infinity }],
    }),
    expect: { type: "warning", within: "15m", everywhere: true },
  }),
  incident({
    id: "losing/gcs-not-ready",
    title: "both GCs live but are not ready, and accept no heartbeats",
    lastsSeconds: 15 * minute,
    world: (world) =>
      heartbeatsFail(
        change(world, allGcs, (instance) => ({ ...instance, notReady: [{ from: 0, until: Infinity }] })),
        allMcs,
        { from: 0 },
      ),
    expect: {
      type: "told",
      pages: [{ anyOf: [gcAlerts.notReady.name], within: "4m" }],
      warnings: [],
      butMay: mcWarnings,
      inhibited: [mcAlerts.heartbeatsStopped.name],
    },
  }),
  incident({
    id: "losing/gcs-ready-again",
    title: "both GCs are not ready and accept no heartbeats; after 10 minutes they are, and do",
    lastsSeconds: 25 * minute,
    world: (world) =>
      heartbeatsFail(
        change(world, allGcs, (instance) => ({ ...instance, notReady: [{ from: 0, until: 10 * minute }] })),
        allMcs,
        { from: 0, until: 10 * minute + 45 },
      ),
    expect: {
      type: "told",
      pages: [{ anyOf: [gcAlerts.notReady.name], within: "4m" }],
      warnings: [],
      butMay: mcWarnings,
      inhibited: [mcAlerts.heartbeatsStopped.name],
      overBy: "20m",
    },
  }),
  incident({
    id: "losing/heartbeats-of-one-mc",
    title: "the GC accepts no heartbeats of one MC, which lives",
    lastsSeconds: 15 * minute,
    world: (world) => registered(heartbeatsFail(world, mc0, { from: 0 }), 30, { healthy: 1, unhealthy: 1 }),
    expect: {
      type: "told",
      pages: [{ anyOf: [mcAlerts.heartbeatsStopped.name], within: "6m" }],
      warnings: [],
      butMay: mcWarnings,
    },
  }),
  incident({
    id: "losing/no-memory-limit",
    title: "the container of an MC has no memory limit",
    service: mc.id,
    lastsSeconds: 30 * minute,
    world: (world) => change(world, mc0, (instance) => ({ ...instance, hasLimits: false })),
    expect: { type: "warning", within: "30m" },
  }),
];
