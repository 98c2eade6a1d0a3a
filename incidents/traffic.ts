import { latency, level, rate, type Usual } from "../core/model/good-day";
import { alerts as gcAlerts } from "../services/gc/alerts";
import { gc } from "../services/gc";
import { mc } from "../services/mc";
import { metrics as gcMetrics } from "../services/gc/metrics";
import { alerts as mcAlerts } from "../services/mc/alerts";
import { metrics as mcMetrics } from "../services/mc/metrics";
import { becomes, change, firstOf, happens } from "../core/simulate/changes";
import { views, type Situation } from "../core/simulate/situation";
import type { World } from "../core/simulate/world";
import { allGcs, allMcs, heartbeatsFail, incident, minute } from "./system";

const assigned = { status: "success", rejection_reason: "none" } as const;
const noMc = { metric: gcMetrics.assignments, labels: { status: "rejected", rejection_reason: "no_mcs_available" } } as const;
const api = { method: "GET", endpoint: "/api/v1/meetings" } as const;

function answered(status: string, flow: { readonly perMinute: number; readonly seconds: number }): readonly Usual[] {
  const labels = { ...api, status_code: status };
  return [rate(gcMetrics.httpRequests, labels, flow), latency(gcMetrics.httpRequestDuration, labels, flow)];
}

/** The world without the traffic of users at the GC, since long ago or from a second on. */
function withoutUsers(world: World, from: number): World {
  return change(world, allGcs, (instance) => ({
    ...instance,
    flows: instance.flows.map((flow) => (flow.isTraffic ? { ...flow, phases: [...flow.phases, { from, value: 0 }] } : flow)),
  }));
}

// Where users no longer come, that is told too.
const trafficStopped = gc.alerts.map(({ name }) => name).filter((name) => name.endsWith("TrafficStopped"));
const isPage = ({ severity }: { readonly severity: string }): boolean => severity === "page";
const httpBurns = gc.alerts.filter(isPage).flatMap(({ name }) => (name.startsWith("GCHttpAvailabilityBurn") ? [name] : []));
const joinBurns = mc.alerts.filter(isPage).flatMap(({ name }) => (name.startsWith("MCSessionJoinsBurn") ? [name] : []));
const httpAlerts = gc.alerts.map(({ name }) => name).filter((name) => name.includes("Http"));

/** So many queries a minute and operation fail, and none succeeds. */
function failingQueries(perMinute: number): readonly Usual[] {
  return ["assign", "lookup", "heartbeat"].flatMap((operation) => [
    rate(gcMetrics.dbQueries, { operation, status: "success" }, { perMinute: 0 }),
    rate(gcMetrics.dbQueries, { operation, status: "error" }, { perMinute }),
  ]);
}

/** The world whose PostgreSQL is dead from 0 on. GCs that are ready again then have no traffic yet. */
function postgresDown(world: World, until: number): World {
  const down = becomes(withoutUsers(world, 0), allGcs, 0, [
    ...failingQueries(60),
    ...answered("503", { perMinute: 180, seconds: 0.005 }),
    rate(gcMetrics.assignments, { status: "error", rejection_reason: "unspecified" }, { perMinute: 60 }),
    rate(gcMetrics.meetingJoins, { participant: ["user", "guest"], status: "error" }, { perMinute: 30 }),
  ]);
  const notReady = change(down, allGcs, (instance) => ({ ...instance, notReady: [{ from: 20, until }] }));
  return heartbeatsFail(notReady, allMcs, { from: 0, until });
}

/** One page that names the database; whatever else there is warns, or is inhibited. */
const databaseTold: Situation["expect"] = {
  type: "told",
  pages: [{ anyOf: [gcAlerts.databaseDown.name], within: "3m" }],
  warnings: [],
  butMay: [...gc.alerts.map(({ name }) => name), mcAlerts.heartbeatErrors.name, mcAlerts.readyNotRegistered.name],
  inhibited: [gcAlerts.notReady.name, mcAlerts.heartbeatsStopped.name],
};

/** What users do, and what of it goes wrong. */
export const traffic: readonly Situation[] = [
  incident({
    id: "traffic/one-rejected-of-many",
    title: "600 assignments a minute succeed, one is rejected: no MC was available",
    lastsSeconds: 12 * minute,
    world: (world) =>
      happens(
        becomes(world, allGcs, -3600, [
          rate(gcMetrics.assignments, assigned, { perMinute: 300 }),
          latency(gcMetrics.assignmentDuration, { status: "success" }, { perMinute: 300, seconds: 0.008 }),
        ]),
        firstOf(gc),
        { at: 7, metric: gcMetrics.assignments, labels: { status: "rejected", rejection_reason: "no_mcs_available" } },
      ),
    expect: { type: "told", pages: [], warnings: [], butMay: [gcAlerts.noMcsAvailable.name] },
  }),
  incident({
    id: "traffic/few-rejected-of-many",
    title: "600 assignments a minute succeed, six within two minutes are rejected: no MC was available",
    lastsSeconds: 12 * minute,
    world: (world) =>
      [7, 22, 47, 62, 82, 112].reduce(
        (now, at) => happens(now, firstOf(gc), { at, ...noMc }),
        becomes(world, allGcs, -3600, [
          rate(gcMetrics.assignments, assigned, { perMinute: 300 }),
          latency(gcMetrics.assignmentDuration, { status: "success" }, { perMinute: 300, seconds: 0.008 }),
        ]),
      ),
    expect: { type: "nothing" },
  }),
  incident({
    id: "traffic/one-rejected-of-hardly-any",
    title: "in a quiet night one meeting is to be assigned, and is rejected: no MC was available",
    lastsSeconds: 15 * minute,
    world: (world) => happens(withoutUsers(world, -7200), firstOf(gc), { at: 7, ...noMc }),
    expect: { type: "nothing" },
  }),
  incident({
    id: "traffic/two-fail-of-few",
    title: "in a quiet night the GC answers two requests a minute, and two within four minutes with 503",
    lastsSeconds: 15 * minute,
    world: (world) => {
      const quiet = becomes(withoutUsers(world, -7200), allGcs, -7200, answered("200", { perMinute: 1, seconds: 0.03 }));
      const failed = { metric: gcMetrics.httpRequests, labels: { ...api, status_code: "503" } } as const;
      const known = happens(quiet, firstOf(gc), { at: -7000, ...failed });
      return [7, 232].reduce((now, at) => happens(now, firstOf(gc), { at, ...failed }), known);
    },
    expect: { type: "nothing" },
  }),
  incident({
    id: "traffic/users-wait-probes-do-not",
    title: "every request of a user takes 2 s, one in 30 s; probes and scrapes answer in 1 ms",
    lastsSeconds: 70 * minute,
    everySeconds: 60,
    world: (world) => becomes(withoutUsers(world, 0), allGcs, 0, answered("200", { perMinute: 1, seconds: 2 })),
    expect: { type: "told", pages: [], warnings: [{ anyOf: httpAlerts, within: "1h" }], butMay: trafficStopped },
  }),
  incident({
    id: "traffic/users-wait-balancer-probes",
    title: "every request of a user takes 2 s, one in 30 s; a load balancer asks for /ready each second, and is answered in 1 ms",
    lastsSeconds: 70 * minute,
    everySeconds: 60,
    world: (world) => {
      const probed = { method: "GET", endpoint: "/ready", status_code: "200" } as const;
      const often = { perMinute: 60, seconds: 0.001 } as const;
      return becomes(withoutUsers(world, 0), allGcs, 0, [
        ...answered("200", { perMinute: 1, seconds: 2 }),
        rate(gcMetrics.httpRequests, probed, often),
        latency(gcMetrics.httpRequestDuration, probed, often),
      ]);
    },
    expect: { type: "told", pages: [], warnings: [{ anyOf: httpAlerts, within: "1h" }], butMay: trafficStopped },
  }),
  incident({
    id: "traffic/everything-fails-at-low-traffic",
    title: "the GC answers every request with 503, three a minute",
    lastsSeconds: 120 * minute,
    everySeconds: 60,
    world: (world) => becomes(withoutUsers(world, 0), allGcs, 0, answered("503", { perMinute: 1.5, seconds: 0.005 })),
    expect: {
      type: "told",
      pages: [{ anyOf: httpBurns, within: "30m" }],
      warnings: [{ anyOf: [gcAlerts.httpErrors.name], within: "15m" }],
      butMay: [...trafficStopped, ...httpAlerts],
    },
  }),
  incident({
    id: "traffic/every-join-fails-at-low-traffic",
    title: "every join of a session fails, three a minute in all",
    lastsSeconds: 120 * minute,
    everySeconds: 60,
    world: (world) =>
      becomes(world, allMcs, 0, [
        rate(mcMetrics.sessionJoins, { status: "success" }, { perMinute: 0 }),
        rate(mcMetrics.sessionJoins, { status: "failure" }, { perMinute: 1.5 }),
      ]),
    expect: {
      type: "told",
      pages: [{ anyOf: joinBurns, within: "30m" }],
      warnings: [],
      butMay: mc.alerts.map(({ name }) => name),
    },
  }),
  incident({
    id: "traffic/rare-slow-query",
    title: "one operation runs once in 4 minutes and takes 60 to 100 ms",
    lastsSeconds: 40 * minute,
    world: (world) =>
      becomes(world, firstOf(gc), -3600, [
        rate(gcMetrics.dbQueries, { operation: "cleanup", status: "success" }, { perMinute: 0.25 }),
        latency(gcMetrics.dbQueryDuration, { operation: "cleanup" }, { perMinute: 0.25, seconds: 0.08 }),
      ]),
    expect: { type: "nothing" },
  }),
  incident({
    id: "traffic/postgres-dies",
    title: "PostgreSQL dies: no query succeeds, no GC is ready, and the GC answers 503",
    lastsSeconds: 20 * minute,
    world: (world) => postgresDown(world, Infinity),
    expect: databaseTold,
  }),
  incident({
    id: "traffic/postgres-comes-back",
    title: "PostgreSQL dies, and is back after 10 minutes with all that users do",
    lastsSeconds: 25 * minute,
    world: (world) => {
      const none: readonly Usual[] = [
        ...failingQueries(0),
        ...answered("503", { perMinute: 0, seconds: 0.005 }),
        rate(gcMetrics.assignments, { status: "error", rejection_reason: "unspecified" }, { perMinute: 0 }),
        rate(gcMetrics.meetingJoins, { participant: ["user", "guest"], status: "error" }, { perMinute: 0 }),
        rate(gcMetrics.dbQueries, { operation: "heartbeat", status: "success" }, { perMinute: 8 }),
      ];
      const back = 10 * minute;
      return becomes(postgresDown(world, back), allGcs, back, [...none, ...(gc.goodDay?.traffic ?? [])]);
    },
    expect: databaseTold,
  }),
  incident({
    id: "traffic/mailboxes-full-and-assignments-fail",
    title: "the MCs' mailboxes are at 900 and actors panic, and the GC's assignments fail",
    lastsSeconds: 15 * minute,
    views: views(15),
    world: (world) => {
      const full = becomes(world, allMcs, 0, [level(mcMetrics.mailboxDepth, {}, 900)]);
      const panicking = [0, 120, 240].reduce(
        (now, at) => happens(now, allMcs, { at, metric: mcMetrics.actorPanics, labels: { actor_type: "MeetingActor" } }),
        full,
      );
      return becomes(panicking, allGcs, 30, [
        rate(gcMetrics.assignments, assigned, { perMinute: 30 }),
        rate(gcMetrics.assignments, { status: "rejected", rejection_reason: "unhealthy" }, { perMinute: 30 }),
      ]);
    },
    expect: {
      type: "told",
      pages: [
        { anyOf: [mcAlerts.actorPanic.name], within: "1m" },
        { anyOf: [mcAlerts.criticalMailboxDepth.name], within: "3m" },
      ],
      warnings: [],
      butMay: [gcAlerts.assignmentFailures.name, mcAlerts.highMailboxDepth.name],
    },
  }),
];
