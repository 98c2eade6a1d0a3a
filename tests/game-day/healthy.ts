import { metrics as gc } from "../../services/gc/metrics";
import { workload as gcWorkload } from "../../services/gc/workload";
import { metrics as mc } from "../../services/mc/metrics";
import { workload as mcWorkload } from "../../services/mc/workload";
import { platform } from "../../services/platform";
import { exported, growing, observed, staying, type ExportedSeries, type Target } from "./world";

const actorTypes = mc.mailboxDepth.labels.actor_type;
const http = { method: "GET", endpoint: "/api/v1/meetings", status_code: "200" } as const;
const meetingControllers = { controller_type: "meeting" } as const;

/** Two GCs and two MCs as they are on a good day, and Kubernetes, which knows their pods. */
export const healthy: readonly Target[] = [
  ...["gc-service-5b7c9d8f6-k8s2v:8080", "gc-service-5b7c9d8f6-x7w4q:8080"].map((instance) => ({
    job: gcWorkload.job,
    instance,
    exports: globalController(),
  })),
  ...["mc-0:8081", "mc-1:8081"].map((instance) => ({ job: mcWorkload.job, instance, exports: meetingController() })),
  { job: "kube-state-metrics", instance: "kube-state-metrics:8080", exports: kubernetes() },
];

function globalController(): readonly ExportedSeries[] {
  return [
    ...exported(gc.registeredControllers, { ...meetingControllers, status: "healthy" }, staying(2)),
    ...exported(gc.registeredControllers, { ...meetingControllers, status: "unhealthy" }, staying(0)),
    ...exported(gc.registeredControllers, { ...meetingControllers, status: "draining" }, staying(0)),
    ...exported(gc.assignments, { status: "success", rejection_reason: "none" }, growing(1)),
    ...observed(gc.assignmentDuration, { status: "success" }, [{ atMost: 0.01, count: growing(1) }]),
    ...exported(gc.httpRequests, http, growing(5)),
    ...observed(gc.httpRequestDuration, http, [{ atMost: 0.05, count: growing(5) }]),
    ...exported(gc.meetingJoins, { participant: "user", status: "success" }, growing(1)),
    ...exported(gc.dbQueries, { operation: "assign", status: "success" }, growing(5)),
    ...observed(gc.dbQueryDuration, { operation: "assign" }, [{ atMost: 0.005, count: growing(5) }]),
  ];
}

function meetingController(): readonly ExportedSeries[] {
  return [
    ...exported(mc.meetings, {}, staying(40)),
    ...exported(mc.connections, {}, staying(400)),
    ...exported(mc.gcHeartbeats, { status: "success", heartbeat_type: "fast" }, growing(0.1)),
    ...observed(mc.gcHeartbeatLatency, { heartbeat_type: "fast" }, [{ atMost: 0.01, count: growing(0.1) }]),
    ...exported(mc.sessionJoins, { status: "success" }, growing(1)),
    ...observed(mc.sessionJoinDuration, { status: "success" }, [{ atMost: 0.1, count: growing(1) }]),
    ...exported(mc.webtransportConnections, { status: "accepted" }, growing(1)),
    ...observed(mc.redisLatency, { operation: "get" }, [{ atMost: 0.005, count: growing(10) }]),
    ...actorTypes.flatMap((type) => [
      ...exported(mc.mailboxDepth, { actor_type: type }, staying(3)),
      ...exported(mc.actorPanics, { actor_type: type }, staying(0)),
      ...exported(mc.messagesDropped, { actor_type: type }, staying(0)),
      ...observed(mc.messageProcessing, { actor_type: type }, [{ atMost: 0.025, count: growing(20) }]),
    ]),
  ];
}

function kubernetes(): readonly ExportedSeries[] {
  const pods = [
    { namespace: gcWorkload.namespace, pod: "gc-service-5b7c9d8f6-k8s2v" },
    { namespace: gcWorkload.namespace, pod: "gc-service-5b7c9d8f6-x7w4q" },
    { namespace: mcWorkload.namespace, pod: "mc-0-7d9f8b6c5-x2x4z" },
    { namespace: mcWorkload.namespace, pod: "mc-1-6c8b7d9f4-p9q2m" },
  ];
  return pods.flatMap((pod) => [
    ...exported(platform.podReady, { ...pod, condition: "true" }, staying(1)),
    ...exported(platform.restarts, { ...pod, container: "app" }, staying(0)),
  ]);
}
