import { counter, gauge, histogram, not } from "../../core/model";

const result = ["success", "error"] as const;
const assignmentStatus = ["success", "rejected", "error"] as const;

/** What Kubernetes and Prometheus ask for. It is no traffic of users, and fast whatever users wait for. */
const probes = /\/health|\/ready|\/metrics/;

// The service bounds these four but keeps the lists to itself; the figures are the caps that it promises.
const httpLabels = { method: { atMost: 10 }, endpoint: { atMost: 10 }, status_code: { atMost: 10 } } as const;
const operation = { atMost: 10 } as const;

/** Everything that the Global Controller exports. */
export const metrics = {
  httpRequests: counter("gc_http_requests_total", {
    unit: "requests",
    help: "HTTP requests answered.",
    traffic: true,
    labels: httpLabels,
  }),
  httpRequestDuration: histogram("gc_http_request_duration_seconds", {
    unit: "seconds",
    help: "Time to answer an HTTP request.",
    traffic: true,
    labels: httpLabels,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2],
  }),
  assignments: counter("gc_mc_assignments_total", {
    unit: "assignments",
    help: "Attempts to assign a meeting to an MC.",
    traffic: true,
    labels: {
      status: assignmentStatus,
      rejection_reason: ["none", "at_capacity", "draining", "unhealthy", "unspecified", "no_mcs_available"],
    },
  }),
  assignmentDuration: histogram("gc_mc_assignment_duration_seconds", {
    unit: "seconds",
    help: "Time to assign a meeting to an MC.",
    traffic: true,
    labels: { status: assignmentStatus },
    buckets: [0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5],
  }),
  registeredControllers: gauge("gc_registered_controllers", {
    unit: "controllers",
    help: "Controllers in the GC's registry.",
    labels: {
      controller_type: ["meeting", "media"],
      status: ["pending", "healthy", "degraded", "unhealthy", "draining"],
    },
  }),
  dbQueries: counter("gc_db_queries_total", {
    unit: "queries",
    help: "Queries sent to PostgreSQL.",
    traffic: true,
    labels: { operation, status: result },
  }),
  dbQueryDuration: histogram("gc_db_query_duration_seconds", {
    unit: "seconds",
    help: "Time of one query to PostgreSQL.",
    traffic: true,
    labels: { operation },
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1],
  }),
  meetingJoins: counter("gc_meeting_join_total", {
    unit: "joins",
    help: "Requests to join a meeting.",
    traffic: true,
    labels: { participant: ["user", "guest"], status: result },
  }),
  meetingJoinDuration: histogram("gc_meeting_join_duration_seconds", {
    unit: "seconds",
    help: "Time to answer a request to join a meeting.",
    traffic: true,
    labels: { participant: ["user", "guest"], status: result },
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
  }),
};

/** The requests that users make. */
export const api = { endpoint: not(probes) } as const;

/** Of the registry, the MCs; media controllers are another matter. */
export const meetingControllers = { controller_type: "meeting" } as const;
