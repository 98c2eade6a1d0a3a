import { counter, gauge, type Counter, type Gauge } from "../metric";

const anyName = { atMost: 1000 } as const;

/** What cAdvisor tells of each container beside its names (docs/storage/prometheus.md there, as the kubelet exports it). */
const ofContainer = ["id", "image", "name"];

/** What kube-state-metrics tells of each pod beside its name (docs/metrics/workload/pod-metrics.md there). */
const ofPod = ["uid"];

/** What Prometheus, cAdvisor and kube-state-metrics export about every service. */
export const platform = {
  up: gauge("up", {
    unit: "boolean",
    help: "1 if the last scrape of the target succeeded.",
    labels: {},
  }),
  memoryWorkingSet: gauge("container_memory_working_set_bytes", {
    unit: "bytes",
    help: "Memory that the kernel cannot reclaim; the OOM killer compares it with the limit.",
    labels: { namespace: anyName, pod: anyName, container: anyName },
    alsoCarries: ofContainer,
  }),
  cpuUsage: counter("container_cpu_usage_seconds_total", {
    unit: "seconds",
    help: "CPU time consumed by the container.",
    labels: { namespace: anyName, pod: anyName, container: anyName },
    alsoCarries: [...ofContainer, "cpu"],
  }),
  resourceLimits: gauge("kube_pod_container_resource_limits", {
    unit: "the resource's",
    help: "Limits requested by a container.",
    labels: {
      namespace: anyName,
      pod: anyName,
      container: anyName,
      resource: ["cpu", "memory", "ephemeral_storage"],
      unit: { atMost: 3 }, // core, byte or integer: it follows from the resource
    },
    alsoCarries: [...ofPod, "node"],
  }),
  restarts: counter("kube_pod_container_status_restarts_total", {
    unit: "restarts",
    help: "Restarts of the container.",
    labels: { namespace: anyName, pod: anyName, container: anyName },
    alsoCarries: ofPod,
  }),
  podReady: gauge("kube_pod_status_ready", {
    unit: "boolean",
    help: "1 for the condition that the pod's readiness probe reports.",
    labels: { namespace: anyName, pod: anyName, condition: ["true", "false", "unknown"] },
    alsoCarries: ofPod,
  }),
  podInfo: gauge("kube_pod_info", {
    unit: "boolean",
    help: "1 for each pod, with its address: what tells a pod from the `instance` of its series.",
    labels: { namespace: anyName, pod: anyName, pod_ip: anyName },
    alsoCarries: [...ofPod, "host_ip", "node", "created_by_kind", "created_by_name", "priority_class", "host_network"],
  }),
  podPhase: gauge("kube_pod_status_phase", {
    unit: "boolean",
    help: "1 for the phase that the pod is in. An evicted pod stays as Failed beside the one that took its place.",
    labels: { namespace: anyName, pod: anyName, phase: ["Pending", "Running", "Succeeded", "Failed", "Unknown"] },
    alsoCarries: ofPod,
  }),
  podCreated: gauge("kube_pod_created", {
    unit: "seconds",
    help: "When the pod was created, as a Unix time.",
    labels: { namespace: anyName, pod: anyName },
    alsoCarries: ofPod,
  }),
  wantedReplicas: gauge("kube_deployment_spec_replicas", {
    unit: "pods",
    help: "Pods that the Deployment should have.",
    labels: { namespace: anyName, deployment: anyName },
  }),
  availableReplicas: gauge("kube_deployment_status_replicas_available", {
    unit: "pods",
    help: "Pods of the Deployment that have been ready for long enough.",
    labels: { namespace: anyName, deployment: anyName },
  }),
  ruleFailures: counter("prometheus_rule_evaluation_failures_total", {
    unit: "evaluations",
    help: "Rules that Prometheus could not evaluate, by group.",
    labels: { rule_group: anyName },
  }),
  alertsNotSent: counter("prometheus_notifications_dropped_total", {
    unit: "alerts",
    help: "Alerts that Prometheus could not hand to any Alertmanager.",
    labels: {},
  }),
  notificationsFailed: counter("alertmanager_notifications_failed_total", {
    unit: "notifications",
    help: "Notifications that Alertmanager could not deliver, by the kind of receiver.",
    labels: { integration: anyName },
    alsoCarries: ["reason", "receiver_name"],
  }),
} satisfies Readonly<Record<string, Counter | Gauge>>;
