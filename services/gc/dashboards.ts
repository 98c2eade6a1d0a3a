import {
  dashboard,
  expression,
  healthRow,
  instancesUp,
  maxBy,
  panel,
  platform,
  promql,
  quantile,
  rateBy,
  ratio,
  resourceRow,
  where,
  workloadPanels,
} from "../../core/model";
import { workload as mcWorkload } from "../mc/workload";
import { api, meetingControllers, metrics } from "./metrics";
import { workload } from "./workload";

const { job } = workload;

/** Every graph of the GC. */
export const panels = {
  ...workloadPanels(workload),

  mcUp: instancesUp(
    "mc-up",
    mcWorkload,
    "MC instances that Prometheus can scrape. At 0 the GC has nowhere to send a meeting: look at the MCs first.",
  ),

  httpRequests: panel("http-requests", {
    title: "HTTP requests by status code",
    description: "Requests to the API that the GC answered; probes and scrapes do not count.",
    of: rateBy(metrics.httpRequests, ["status_code"], { of: api }),
  }),
  assignments: panel("assignments", {
    title: "MC assignments by status",
    description: "Attempts to assign a meeting to an MC, and how they ended.",
    of: rateBy(metrics.assignments, ["status"]),
  }),
  joins: panel("joins", {
    title: "Meeting joins by participant and status",
    description: "Requests to join a meeting, of users and of guests.",
    of: rateBy(metrics.meetingJoins, ["participant", "status"]),
  }),

  httpErrorRatio: panel("http-error-ratio", {
    title: "HTTP 5xx ratio",
    description: "Share of the requests to the API that the GC answered with a 5xx. 4xx are the client's and do not count.",
    of: ratio(metrics.httpRequests, { of: api, bad: { status_code: /5../ } }),
  }),
  assignmentFailureRatio: panel("assignment-failure-ratio", {
    title: "MC assignment failure ratio",
    description: "Share of the assignments that were rejected or ended in an error.",
    of: ratio(metrics.assignments, { bad: { status: /rejected|error/ } }),
  }),
  rejections: panel("rejections", {
    title: "Assignment rejections by reason",
    description: "Assignments that found no MC, and why. no_mcs_available means that nobody can start a meeting.",
    of: rateBy(metrics.assignments, ["rejection_reason"], { of: { status: "rejected" } }),
  }),
  withoutMc: panel("without-mc", {
    title: "Assignments that found no MC",
    description: "Share of the assignments within 5 minutes that were rejected with no_mcs_available.",
    of: ratio(metrics.assignments, { bad: { rejection_reason: "no_mcs_available" }, within: "5m", job, fewBadEvents: 2 }),
  }),
  joinFailureRatio: panel("join-failure-ratio", {
    title: "Meeting join failure ratio",
    description: "Share of the requests to join a meeting that failed.",
    of: ratio(metrics.meetingJoins, { bad: { status: "error" }, legend: "failed" }),
  }),

  httpLatency: panel("http-latency", {
    title: "HTTP request duration",
    description: "Time to answer a request to the API. Probes and scrapes do not count: they are fast whatever users wait for.",
    of: {
      p50: quantile(0.5, metrics.httpRequestDuration, { of: api }),
      p95: quantile(0.95, metrics.httpRequestDuration, { of: api }),
    },
  }),
  assignmentLatency: panel("assignment-latency", {
    title: "MC assignment p95",
    description: "Time that the slowest 5 % of the successful assignments take.",
    of: quantile(0.95, metrics.assignmentDuration, {
      of: { status: "success" },
      recordedAs: "gc:gc_mc_assignment_duration_seconds:p95_5m",
    }),
  }),
  joinDuration: panel("join-duration", {
    title: "Meeting join p95 by participant",
    description: "Time to answer the slowest 5 % of the successful requests to join a meeting.",
    of: quantile(0.95, metrics.meetingJoinDuration, { of: { status: "success" }, by: ["participant"] }),
  }),

  // Each GC replica reports the same registry from the database: the largest view, not the sum.
  registeredMcs: panel("registered-mcs", {
    title: "Registered MCs by status",
    description: "MCs in the GC's registry. Only healthy ones get new meetings.",
    of: maxBy(metrics.registeredControllers, ["status"], { of: meetingControllers }),
  }),
  healthyMcs: panel("healthy-mcs", {
    title: "Healthy MCs registered",
    description:
      "MCs that can get new meetings, as each GC sees it: one that sees none starts no meeting. Below 2, a deployment of an MC has nowhere to send its meetings.",
    view: "stat",
    badBelow: { red: 1, orange: 2 },
    // A GC that has seen no healthy MC yet has no series of them: that is none.
    of: expression(
      promql`
        max by (instance) (${where(metrics.registeredControllers, { ...meetingControllers, status: "healthy" })})
        or 0 * (max by (instance) (${where(platform.up, { job })}) == 1)`,
      "short",
      "{{instance}}",
    ),
  }),

  dbErrorRatio: panel("db-error-ratio", {
    title: "Database error ratio",
    description: "Share of the queries to PostgreSQL that failed.",
    of: ratio(metrics.dbQueries, { bad: { status: "error" }, legend: "failed" }),
  }),
  dbFailing: panel("db-failing", {
    title: "Database failing",
    description:
      "Share of the queries to PostgreSQL within 3 minutes that failed, the first failure included. Near 100 % the database is gone.",
    of: ratio(metrics.dbQueries, { bad: { status: "error" }, within: "3m", job, fewBadEvents: 3, legend: "failed" }),
  }),
  dbLatency: panel("db-latency", {
    title: "Database query p95 by operation",
    description: "Time of the slowest 5 % of the queries to PostgreSQL.",
    of: quantile(0.95, metrics.dbQueryDuration, { by: ["operation"] }),
  }),
};

/** What people look at when a GC alert fires. */
export const overview = dashboard("gc-overview", {
  title: "GC overview",
  description: "Global Controller: health, traffic, errors, latency, resources, its registry of MCs, and its database.",
  // The row "Upstream" comes from the service's upstreams.
  rows: {
    Health: healthRow(panels, panels.mcUp),
    "MC registry": [panels.healthyMcs, panels.registeredMcs],
    Traffic: [panels.httpRequests, panels.assignments, panels.joins],
    Errors: [panels.httpErrorRatio, panels.assignmentFailureRatio, panels.withoutMc, panels.rejections, panels.joinFailureRatio],
    Latency: [panels.httpLatency, panels.assignmentLatency, panels.joinDuration],
    Resources: resourceRow(panels),
  },
});
