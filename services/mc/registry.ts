import { promql, type Query, where } from "../../core/model";
import { metrics as gcMetrics } from "../gc/metrics";

/** In the GC database: an MC that gets new meetings. */
export const inService = `health_status = 'healthy'
   and last_heartbeat_at > now() - interval '30 seconds'`;

/** How many MCs get new meetings. */
export const mcsInService = `select count(*)
  from meeting_controllers
 where ${inService}`;

/**
 * How many meetings, or how many participants if that is less, could still come when those of this MC have moved to
 * the others of its region. An MC without any place for one of the two has none for the other. At least one meeting
 * is counted as moving: the next one that somebody starts. No row for an MC that the registry does not have.
 */
export const placesLeft = `select least(
         coalesce(sum(other.max_meetings - other.current_meetings), 0) - greatest(own.current_meetings, 1),
         coalesce(sum(other.max_participants - other.current_participants), 0) - greatest(own.current_participants, 1))
  from meeting_controllers as own
  left join meeting_controllers as other
    on other.controller_id <> own.controller_id
   and other.region = own.region
   and other.health_status = 'healthy'
   and other.last_heartbeat_at > now() - interval '30 seconds'
   and other.current_meetings < other.max_meetings
   and other.current_participants < other.max_participants
 where own.controller_id = :controller_id
 group by own.controller_id`;

/** MCs in the GC's registry with this status, as every replica of the GC reports it: a number, and no names. */
export function registeredMcs(status: "healthy" | "draining"): Query {
  const all = where(gcMetrics.registeredControllers, { controller_type: "meeting" });
  return promql`
    max(${where(gcMetrics.registeredControllers, { controller_type: "meeting", status })})
    or 0 * max(${all})`;
}
