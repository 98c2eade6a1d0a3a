import { promql, where } from "../../model/query";
import type { Rollout } from "../../model/rollout";
import { podsOf } from "../../model/workload";
import { metrics as gcMetrics } from "../gc/metrics";
import { workload as gcWorkload } from "../gc/workload";
import { platform } from "../platform";
import { rolloutPanels } from "./rollout-panels";
import { metrics } from "./metrics";
import { drainedBelow, workload } from "./workload";

const healthyMcs = where(gcMetrics.registeredControllers, { controller_type: "meeting", status: "healthy" });

/**
 * How an MC is deployed: only while the GC is well and can send meetings elsewhere; only when it is nearly
 * empty; and only done when the GC says that it is back.
 */
export const rollout: Rollout = {
  controllers: ["mc-0", "mc-1"],
  before: [
    {
      type: "promql",
      id: "gc-ready",
      title: "GC ready",
      reason: "Without a GC the MC cannot register again, and the other MCs are taken for lost.",
      query: promql`sum(max by (pod) (${where(platform.podReady, { namespace: gcWorkload.namespace, pod: podsOf(gcWorkload), condition: "true" })}))`,
      holds: { atLeast: 1 },
    },
    {
      type: "promql",
      id: "others-registered",
      title: "Other MCs send heartbeats",
      reason: "An MC without accepted heartbeats gets no meetings: the drained ones would have nowhere to go.",
      query: promql`
        count(sum by (instance) (increase(${metrics.gcHeartbeats}{status="success",instance!~"$controller([-:].*)?"}[2m])) > 0)
        or 0 * count(${where(platform.up, { job: workload.job })})`,
      holds: { atLeast: 1 },
    },
    {
      type: "sql",
      id: "others-have-room",
      title: "Other MCs have room",
      reason: "New meetings of the region must find another MC that is healthy, heard of within 30 s, and not full.",
      sql: `select count(*)
  from meeting_controllers
 where controller_id <> :controller_id
   and health_status = 'healthy'
   and last_heartbeat_at > now() - interval '30 seconds'
   and current_meetings < max_meetings
   and region = (select region from meeting_controllers where controller_id = :controller_id)`,
      holds: { atLeast: 1 },
      seenAs: { query: promql`max(${healthyMcs})`, holds: { atLeast: 2 } },
    },
  ],
  drain: {
    mark: `update meeting_controllers
   set health_status = 'draining', updated_at = now()
 where controller_id = :controller_id
   and health_status = 'healthy'
   and exists (select 1
                 from meeting_controllers as other
                where other.controller_id <> :controller_id
                  and other.region = meeting_controllers.region
                  and other.health_status = 'healthy'
                  and other.last_heartbeat_at > now() - interval '30 seconds'
                  and other.current_meetings < other.max_meetings)`,
    undo: `update meeting_controllers
   set health_status = 'healthy', updated_at = now()
 where controller_id = :controller_id
   and health_status = 'draining'
   and last_heartbeat_at > now() - interval '30 seconds'`,
    deadlineMinutes: 60,
    gates: [
      {
        type: "sql",
        id: "marked",
        title: "Marked draining",
        reason: "A heartbeat could have set the mark back; then the GC goes on sending meetings.",
        sql: `select count(*)
  from meeting_controllers
 where controller_id = :controller_id
   and health_status = 'draining'`,
        holds: { atLeast: 1 },
        seenAs: {
          query: promql`max(${where(gcMetrics.registeredControllers, { controller_type: "meeting", status: "draining" })})`,
          holds: { atLeast: 1 },
        },
      },
      {
        type: "sql",
        id: "no-new-assignments",
        title: "No new assignments",
        reason: "A draining MC gets no new meetings. If it still does, it will never be empty.",
        sql: `select count(*)
  from meeting_assignments
 where meeting_controller_id = :controller_id
   and assigned_at > now() - interval '30 seconds'`,
        holds: { below: 1 },
        seenAs: {
          query: promql`sum(max_over_time(${metrics.meetings}{instance=~"$controller([-:].*)?"}[1m])) - sum(${metrics.meetings}{instance=~"$controller([-:].*)?"} offset 1m)`,
          holds: { below: 1 },
        },
      },
      {
        type: "promql",
        id: "nearly-empty",
        title: `Fewer than ${drainedBelow} meetings`,
        reason: "The meetings that are left end with the pod; their members must join again.",
        query: promql`sum(${metrics.meetings}{instance=~"$controller([-:].*)?"})`,
        holds: { below: drainedBelow },
      },
    ],
  },
  after: [
    {
      type: "promql",
      id: "ready",
      title: "Ready",
      reason: "Liveness alone lies: /health answers as soon as the process runs, /ready only after the registration with the GC.",
      query: promql`min(${where(platform.podReady, { namespace: workload.namespace, pod: /$controller-.+/, condition: "true" })})`,
      holds: { atLeast: 1 },
    },
    {
      type: "promql",
      id: "heartbeats",
      title: "Heartbeats flow",
      reason: "An MC that is ready but sends no heartbeats is forgotten by the GC after 30 s. Six a minute are due.",
      query: promql`sum(increase(${metrics.gcHeartbeats}{status="success",instance=~"$controller([-:].*)?"}[1m]))`,
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
   and health_status = 'healthy'
   and last_heartbeat_at > now() - interval '30 seconds'`,
      holds: { atLeast: 1 },
      seenAs: { query: promql`max(${healthyMcs})`, holds: { atLeast: 2 } },
    },
  ],
  panels: Object.values(rolloutPanels),
};
