import { panel, type Dashboard } from "../../core/model/panel";
import { increaseOf, not, promql, where } from "../../core/model/query";
import { workload as mcWorkload } from "../mc/workload";
import { platform } from "../platform";
import { instancesUp } from "../scraping";
import { workloadPanels } from "../workload";
import { metrics, probes } from "./metrics";
import { recordingRules } from "./recording-rules";
import { workload } from "./workload";

const api = { endpoint: not(probes) };
const counted = (matchers: Parameters<typeof where<typeof metrics.assignments.labels>>[1]) =>
  increaseOf({ counter: where(metrics.assignments, matchers), job: workload.job }, "5m");

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
    shows: "Requests to the API that the GC answered; probes and scrapes do not count.",
    unit: "reqps",
    queries: {
      status: {
        query: promql`sum by (status_code) (rate(${where(metrics.httpRequests, api)}[$__rate_interval]))`,
        legend: "{{status_code}}",
      },
    },
  }),
  assignments: panel("assignments", {
    title: "MC assignments by status",
    shows: "Attempts to assign a meeting to an MC, and how they ended.",
    unit: "cps",
    queries: {
      status: {
        query: promql`sum by (status) (rate(${metrics.assignments}[$__rate_interval]))`,
        legend: "{{status}}",
      },
    },
  }),
  joins: panel("joins", {
    title: "Meeting joins by participant and status",
    shows: "Requests to join a meeting, of users and of guests.",
    unit: "cps",
    queries: {
      status: {
        query: promql`sum by (participant, status) (rate(${metrics.meetingJoins}[$__rate_interval]))`,
        legend: "{{participant}} {{status}}",
      },
    },
  }),

  httpErrorRatio: panel("http-error-ratio", {
    title: "HTTP 5xx ratio",
    shows: "Share of the requests to the API that the GC answered with a 5xx. 4xx are the client's and do not count.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum(rate(${where(metrics.httpRequests, { ...api, status_code: /5../ })}[$__rate_interval]))
          / sum(rate(${where(metrics.httpRequests, api)}[$__rate_interval]))`,
        legend: "5xx",
      },
    },
  }),
  assignmentFailureRatio: panel("assignment-failure-ratio", {
    title: "MC assignment failure ratio",
    shows: "Share of the assignments that were rejected or ended in an error.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum(rate(${where(metrics.assignments, { status: /rejected|error/ })}[$__rate_interval]))
          / sum(rate(${metrics.assignments}[$__rate_interval]))`,
        legend: "rejected or error",
      },
    },
  }),
  rejections: panel("rejections", {
    title: "Assignment rejections by reason",
    shows: "Assignments that found no MC, and why. no_mcs_available means that nobody can start a meeting.",
    unit: "cps",
    queries: {
      reason: {
        query: promql`sum by (rejection_reason) (rate(${where(metrics.assignments, { status: "rejected" })}[$__rate_interval]))`,
        legend: "{{rejection_reason}}",
      },
    },
  }),
  withoutMc: panel("without-mc", {
    title: "Assignments that found no MC",
    shows: "Share of the assignments within 5 minutes that were rejected with no_mcs_available.",
    unit: "percentunit",
    queries: {
      share: {
        query: promql`
          sum(${counted({ rejection_reason: "no_mcs_available" })})
          / sum(${counted({})})`,
        legend: "no_mcs_available",
      },
    },
  }),
  joinFailureRatio: panel("join-failure-ratio", {
    title: "Meeting join failure ratio",
    shows: "Share of the requests to join a meeting that failed.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum(rate(${where(metrics.meetingJoins, { status: "error" })}[$__rate_interval]))
          / sum(rate(${metrics.meetingJoins}[$__rate_interval]))`,
        legend: "failed",
      },
    },
  }),

  httpLatency: panel("http-latency", {
    title: "HTTP request duration",
    shows: "Time to answer a request to the API. Probes and scrapes do not count: they are fast whatever users wait for.",
    unit: "s",
    queries: {
      p50: {
        query: promql`histogram_quantile(0.5, sum by (le) (rate(${where(metrics.httpRequestDuration.bucket, api)}[$__rate_interval])))`,
        legend: "p50",
      },
      p95: {
        query: promql`histogram_quantile(0.95, sum by (le) (rate(${where(metrics.httpRequestDuration.bucket, api)}[$__rate_interval])))`,
        legend: "p95",
      },
    },
  }),
  assignmentLatency: panel("assignment-latency", {
    title: "MC assignment p95",
    shows: "Time that the slowest 5 % of the successful assignments take.",
    unit: "s",
    queries: { p95: { query: promql`${recordingRules.assignmentP95}`, legend: "p95" } },
  }),
  joinDuration: panel("join-duration", {
    title: "Meeting join p95 by participant",
    shows: "Time to answer the slowest 5 % of the successful requests to join a meeting.",
    unit: "s",
    queries: {
      p95: {
        query: promql`histogram_quantile(0.95, sum by (participant, le) (rate(${where(metrics.meetingJoinDuration.bucket, { status: "success" })}[$__rate_interval])))`,
        legend: "{{participant}}",
      },
    },
  }),

  // Each GC replica reports the same registry from the database: the largest view, not the sum.
  registeredMcs: panel("registered-mcs", {
    title: "Registered MCs by status",
    shows: "MCs in the GC's registry. Only healthy ones get new meetings.",
    unit: "short",
    queries: {
      status: {
        query: promql`max by (status) (${where(metrics.registeredControllers, { controller_type: "meeting" })})`,
        legend: "{{status}}",
      },
    },
  }),
  healthyMcs: panel("healthy-mcs", {
    title: "Healthy MCs registered",
    shows:
      "MCs that can get new meetings, as each GC sees it: one that sees none starts no meeting. Below 2, a deployment of an MC has nowhere to send its meetings.",
    unit: "short",
    view: "stat",
    badBelow: { red: 1, orange: 2 },
    queries: {
      healthy: {
        // A GC that has seen no healthy MC yet has no series of them: that is none.
        query: promql`
          max by (instance) (${where(metrics.registeredControllers, { controller_type: "meeting", status: "healthy" })})
          or 0 * (max by (instance) (${where(platform.up, { job: workload.job })}) == 1)`,
        legend: "{{instance}}",
      },
    },
  }),

  dbErrorRatio: panel("db-error-ratio", {
    title: "Database error ratio",
    shows: "Share of the queries to PostgreSQL that failed.",
    unit: "percentunit",
    queries: {
      ratio: {
        query: promql`
          sum(rate(${where(metrics.dbQueries, { status: "error" })}[$__rate_interval]))
          / sum(rate(${metrics.dbQueries}[$__rate_interval]))`,
        legend: "failed",
      },
    },
  }),
  dbFailing: panel("db-failing", {
    title: "Database failing",
    shows:
      "Share of the queries to PostgreSQL within 3 minutes that failed, the first failure included. Near 100 % the database is gone.",
    unit: "percentunit",
    queries: {
      share: {
        query: promql`
          sum(${increaseOf({ counter: where(metrics.dbQueries, { status: "error" }), job: workload.job }, "3m")})
          / sum(${increaseOf({ counter: metrics.dbQueries, job: workload.job }, "3m")})`,
        legend: "failed",
      },
    },
  }),
  dbLatency: panel("db-latency", {
    title: "Database query p95 by operation",
    shows: "Time of the slowest 5 % of the queries to PostgreSQL.",
    unit: "s",
    queries: {
      p95: {
        query: promql`histogram_quantile(0.95, sum by (operation, le) (rate(${metrics.dbQueryDuration.bucket}[$__rate_interval])))`,
        legend: "{{operation}}",
      },
    },
  }),
};

/** What people look at when a GC alert fires. */
export const dashboards: readonly Dashboard[] = [
  {
    uid: "gc-overview",
    title: "GC overview",
    description: "Global Controller: health, traffic, errors, latency, resources, its registry of MCs, and its database.",
    // The row "Upstream" comes from services/dependencies.ts.
    rows: [
      {
        title: "Health",
        panels: [
          panels.instancesUp,
          panels.mcUp,
          panels.up,
          panels.scrapesAnswered,
          panels.ready,
          panels.replicas,
          panels.deploymentsKnown,
          panels.restarts,
        ],
      },
      { title: "MC registry", panels: [panels.healthyMcs, panels.registeredMcs] },
      { title: "Traffic", panels: [panels.httpRequests, panels.assignments, panels.joins] },
      {
        title: "Errors",
        panels: [
          panels.httpErrorRatio,
          panels.assignmentFailureRatio,
          panels.withoutMc,
          panels.rejections,
          panels.joinFailureRatio,
        ],
      },
      { title: "Latency", panels: [panels.httpLatency, panels.assignmentLatency, panels.joinDuration] },
      { title: "Resources", panels: [panels.memory, panels.cpu, panels.unlimited] },
    ],
  },
];
