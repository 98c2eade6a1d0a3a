import { type Drain, type Gate, promql } from "../../core/model";
import { fourScrapes, seriesOfPods, type Pods } from "../../core/model/standard/pod-series";
import { metrics } from "./metrics";
import { placesLeft, registeredMcs } from "./registry";
import { drainedBelow, workload } from "./workload";

/** The MC that is rolled out. */
export const own: Pods = { workload, of: "$controller" };

/** How many meetings it holds. No data when its series cannot be told from those of the others. */
export const ownMeetings = promql`sum(${seriesOfPods(own, (select) => select(metrics.meetings))})`;

const mostMeetings = seriesOfPods(own, (select) => {
  const meetings = select(metrics.meetings);
  return promql`max_over_time(${meetings}[${fourScrapes}]) and ${meetings}`;
});
const meetingsBefore = seriesOfPods(own, (select) => promql`${select(metrics.meetings)} offset ${fourScrapes}`);

const gates: readonly Gate[] = [
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
      title: "MCs marked draining",
      description:
        "How many MCs the GC's registry has marked draining. It does not say which: whether the chosen one is marked, only the database tells, and with it npm run gate.",
      query: registeredMcs("draining"),
      badBelow: { red: 1 },
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
      title: `No more meetings than ${fourScrapes} ago`,
      description:
        "How far the meetings of the chosen MC have risen above what it held before. Its assignments are in the database.",
      query: promql`sum(${mostMeetings}) - sum(${meetingsBefore})`,
      holds: { below: 1 },
    },
  },
  {
    type: "promql",
    id: "nearly-empty",
    title: `Fewer than ${drainedBelow} meetings`,
    reason: "The meetings that are left end with the pod; their members must join again.",
    query: ownMeetings,
    holds: { below: drainedBelow },
  },
];

/** How an MC is emptied: the mark is refused where the others have no room for its meetings. */
export const drain: Drain = {
  mark: `update meeting_controllers
   set health_status = 'draining', updated_at = now()
 where controller_id = :controller_id
   and health_status = 'healthy'
   and 0 <= (
${placesLeft.replace(/^/gm, "       ")})`,
  undo: `update meeting_controllers
   set health_status = 'healthy', updated_at = now()
 where controller_id = :controller_id
   and health_status = 'draining'
   and last_heartbeat_at > now() - interval '30 seconds'`,
  deadlineMinutes: 60,
  gates,
};
