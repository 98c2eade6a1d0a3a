import { isReady, restartsOf, runAt, type Instance } from "./instance";
import { isIn, type Span, type TargetSeries } from "./target";
import type { World } from "./world";

type LabelSet = Readonly<Record<string, string>>;

/** Second 0 of a situation as a Unix time, for metrics that tell one. */
export const epochSeconds = 1_800_000_000;

/** What kube-state-metrics exports about the pods and Deployments of the world. */
export function kubeStateMetrics({ instances, deployments, evicted }: World): readonly TargetSeries[] {
  return [
    ...instances.flatMap((instance) => podSeries(instance)),
    ...evicted.flatMap(({ namespace, pod, life }) => {
      const labels = { namespace, pod, uid: uidOf(pod) };
      return [...readiness(labels, [life], () => false), ...phases(labels, life, "Failed"), created(labels, life)];
    }),
    ...deployments.flatMap(({ namespace, name, wanted }) => {
      const pods = instances.filter((each) => each.deployment === name && each.service.workload.namespace === namespace);
      const labels = { namespace, deployment: name };
      return [
        { name: "kube_deployment_spec_replicas", labels, value: (second: number) => wantedAt(wanted, second) },
        {
          name: "kube_deployment_status_replicas_available",
          labels,
          value: (second: number) => pods.filter((pod) => isIn([pod.life], second) && isReady(pod, second)).length,
        },
      ];
    }),
  ];
}

/** What the kubelets' cAdvisor exports about the containers: a new container is a new series. */
export function cadvisor({ instances }: World): readonly TargetSeries[] {
  return instances.flatMap((instance) => {
    const { memoryBytes, cpuCores } = instance.service.workload.limits;
    const pod = { namespace: instance.service.workload.namespace, pod: instance.pod };
    return instance.runs.flatMap((run, index) => {
      const memory = memoryBytes * instance.uses.memory;
      const cpu = (second: number): number =>
        Number(((second - Math.max(run.from, -7200)) * cpuCores * instance.uses.cpu).toFixed(3));
      const cgroup = `/kubepods/${uidOf(instance.pod)}`;
      return [
        { container: instance.deployment, id: `${cgroup}/${index}`, name: `${uidOf(instance.pod)}-${index}` },
        { container: "", id: cgroup, name: "" },
      ].flatMap((labels) => [
        during([run], { name: "container_memory_working_set_bytes", labels: { ...pod, ...labels }, value: () => memory }),
        during([run], { name: "container_cpu_usage_seconds_total", labels: { ...pod, ...labels }, value: cpu }),
      ]);
    });
  });
}

/** A made-up identity that stays the pod's. */
export function uidOf(pod: string): string {
  return `uid-${pod}`;
}

function podSeries(instance: Instance): readonly TargetSeries[] {
  const { namespace, limits } = instance.service.workload;
  const pod = { namespace, pod: instance.pod, uid: uidOf(instance.pod) };
  const container = { ...pod, container: instance.deployment };
  const limit = (resource: string, unit: string, value: number): TargetSeries =>
    during([instance.life], {
      name: "kube_pod_container_resource_limits",
      labels: { ...container, resource, unit },
      value: () => value,
    });
  const info = { pod_ip: instance.ip, host_ip: "10.1.0.4", node: "node-1", created_by_kind: "ReplicaSet" };
  return [
    ...readiness(pod, [instance.life], (second) => isReady(instance, second)),
    ...phases(pod, instance.life, "Running"),
    created(pod, instance.life),
    during([instance.life], { name: "kube_pod_info", labels: { ...pod, ...info }, value: () => 1 }),
    during([instance.life], {
      name: "kube_pod_container_status_restarts_total",
      labels: container,
      value: (second) => (runAt(instance, second) || restartsOf(instance, second) > 0 ? restartsOf(instance, second) : 0),
    }),
    ...(instance.hasLimits ? [limit("memory", "byte", limits.memoryBytes), limit("cpu", "core", limits.cpuCores)] : []),
  ];
}

/** kube-state-metrics exports each phase of a pod, one of them with 1. */
function phases(pod: LabelSet, life: Span, current: "Running" | "Failed"): readonly TargetSeries[] {
  return ["Pending", "Running", "Succeeded", "Failed", "Unknown"].map((phase) =>
    during([life], { name: "kube_pod_status_phase", labels: { ...pod, phase }, value: () => (phase === current ? 1 : 0) }),
  );
}

/** As a Unix time: what is older than the history was created long before it. */
function created(pod: LabelSet, life: Span): TargetSeries {
  const value = epochSeconds + Math.max(life.from, -86_400);
  return during([life], { name: "kube_pod_created", labels: pod, value: () => value });
}

function readiness(pod: LabelSet, life: readonly Span[], ready: (second: number) => boolean): readonly TargetSeries[] {
  const conditions = [
    { condition: "true", holds: ready },
    { condition: "false", holds: (second: number) => !ready(second) },
    { condition: "unknown", holds: () => false },
  ];
  return conditions.map(({ condition, holds }) =>
    during(life, {
      name: "kube_pod_status_ready",
      labels: { ...pod, condition },
      value: (second) => (holds(second) ? 1 : 0),
    }),
  );
}

function during(spans: readonly Span[], series: TargetSeries): TargetSeries {
  return { ...series, value: (second) => (isIn(spans, second) ? series.value(second) : undefined) };
}

function wantedAt(wanted: World["deployments"][number]["wanted"], second: number): number {
  return wanted.findLast(({ from }) => from <= second)?.replicas ?? 0;
}
