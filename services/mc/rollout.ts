import { type Gate, promql, type Query, type Rollout } from "../../core/model";
import { workload as gcWorkload } from "../gc/workload";
import { belowThresholdOf, cpuGate } from "../../core/model/standard/load-gates";
import { createdOf, fourScrapes, newestOf, readyOf, seriesOfPods, type Pods } from "../../core/model/standard/pod-series";
import { actorAlerts } from "./actor-alerts";
import { alerts } from "./alerts";
import { panels } from "./dashboards";
import { metrics } from "./metrics";
import { inService, placesLeft, registeredMcs } from "./registry";
import { drain, own, ownMeetings } from "./rollout-drain";
import { rolloutPanels } from "./rollout-panels";
import { workload } from "./workload";

/** The heartbeats that the GC has accepted, as long as the last scrape has seen their pod: a window shows the dead as well. */
function heartbeatsOf(pods: Pods, read: (heartbeats: Query) => Query): Query {
  return seriesOfPods(pods, (select) => {
    const heartbeats = select(metrics.gcHeartbeats, { status: "success" });
    return promql`${read(heartbeats)} and ${heartbeats}`;
  });
}

const recent = (heartbeats: Query): Query => promql`increase(${heartbeats}[${fourScrapes}])`;
const latest = (heartbeats: Query): Query => promql`irate(${heartbeats}[${fourScrapes}])`;
const newest = newestOf(own);

const deepestMailboxes = seriesOfPods(
  { workload },
  (select) => {
    const depth = select(metrics.mailboxDepth);
    return promql`avg_over_time(${depth}[${fourScrapes}]) and ${depth}`;
  },
  "max",
);

const before: readonly Gate[] = [
  {
    type: "promql",
    id: "gc-ready",
    title: "GC ready",
    reason: "Without a GC the MC cannot register again, and the other MCs are taken for lost.",
    query: promql`sum(${readyOf({ workload: gcWorkload })})`,
    holds: { atLeast: 1 },
  },
  {
    type: "promql",
    id: "others-registered",
    title: "Other MCs send heartbeats",
    reason: "An MC without accepted heartbeats gets no meetings: the drained ones would have nowhere to go.",
    query: promql`(count(${heartbeatsOf({ workload, except: "$controller" }, latest)} > 0) or vector(0))\n+ 0 * ${ownMeetings}`,
    holds: { atLeast: 1 },
  },
  {
    type: "sql",
    id: "others-have-room",
    title: "Room for its meetings",
    reason: "What moves must find other MCs of the region that are healthy, heard of within 30 s, and have places for all of it.",
    sql: placesLeft,
    holds: { atLeast: 0 },
    seenAs: {
      title: "Healthy MCs",
      description:
        "How many MCs the GC's registry has as healthy, the chosen one included. How much room they have, only the database tells, and with it npm run gate.",
      query: registeredMcs("healthy"),
      badBelow: { red: 1, orange: 2 },
    },
  },
  {
    type: "promql",
    id: "mailboxes-shallow",
    title: "Mailboxes shallow",
    reason: "An MC with a backlog cannot take over meetings, and whoever joins again adds to it: never begin during high load.",
    query: promql`max(${deepestMailboxes})\n+ 0 * ${ownMeetings}`,
    holds: belowThresholdOf(actorAlerts.highMailboxDepth),
    accepts: { "required-grouping-is-kept": "A gate is one number; which actors it is about, the panel of the mailboxes shows." },
  },
  cpuGate(panels.cpu.queries.container.query, alerts.highCpu, own),
];

const after: readonly Gate[] = [
  {
    type: "promql",
    id: "ready",
    title: "Ready",
    reason: "Liveness alone lies: /health answers as soon as the process runs, /ready only after the registration with the GC.",
    query: promql`max(${readyOf(own)} and on (pod) ${newest})`,
    holds: { atLeast: 1 },
  },
  {
    type: "promql",
    id: "heartbeats",
    title: "Heartbeats flow",
    reason: "An MC that is ready but sends no heartbeats is forgotten by the GC after 30 s. Six a minute are due.",
    query: promql`sum(${heartbeatsOf(own, recent)} and on (pod) ${newest})\n* (sum(${heartbeatsOf(own, latest)} and on (pod) ${newest}) > bool 0)`,
    holds: { atLeast: 3 },
  },
  {
    type: "sql",
    id: "registered",
    title: "Registered in the database",
    reason: "The GC assigns by this row: healthy, with a heartbeat of the last 30 s.",
    sql: `select count(*)
  from meeting_controllers
 where controller_id = :controller_id
   and ${inService}`,
    holds: { atLeast: 1 },
    seenAs: {
      title: "Healthy MCs in the registry",
      description:
        "How many MCs the GC's registry has as healthy. It does not say which: whether the chosen one is among them, only the database tells, and with it npm run gate.",
      query: registeredMcs("healthy"),
      badBelow: { red: 1, orange: 2 },
    },
  },
];

/**
 * How an MC is deployed: only while the GC is well and can send meetings elsewhere; only when it is nearly
 * empty; and only done when the GC says that it is back.
 */
export const rollout: Rollout = {
  controllers: workload.deployments.map(({ name }) => name),
  before,
  drain,
  after,
  replaced: createdOf(own),
  panels: Object.values(rolloutPanels),
};
