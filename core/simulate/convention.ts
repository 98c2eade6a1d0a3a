import type { Instance } from "./instance";
import { answers, exportsOf } from "./instance";
import { cadvisor, kubeStateMetrics } from "./kubernetes";
import { always, isIn, type Target } from "./target";
import type { World } from "./world";

/**
 * How series are labelled. `plain`: Prometheus' own pod discovery, `job` and `instance`. `operator`: a PodMonitor, which adds
 * `namespace`, `pod`, `container`, `endpoint` and `service`, and renames a metric's own label of these names.
 */
export const conventions = ["plain", "operator"] as const;
export type Convention = (typeof conventions)[number];

/** What Prometheus scrapes in a world. */
export function targetsOf(world: World, convention: Convention): readonly Target[] {
  const targets = [
    ...world.instances.map((instance) => podTarget(instance, convention)),
    {
      labels: labelled({ job: "kube-state-metrics", instance: "10.0.2.2:8080" }, convention, {
        namespace: "kube-system",
        pod: "kube-state-metrics-6d8f7c9b4-q2w8r",
        container: "kube-state-metrics",
        endpoint: "http",
        service: "kube-state-metrics",
      }),
      honorsLabels: true,
      known: always,
      answers: (second: number) => !isIn(world.kubeStateMetricsDown, second),
      exports: kubeStateMetrics(world),
    },
    {
      labels: labelled({ job: "kubelet", instance: "10.1.0.4:10250" }, convention, {
        namespace: "kube-system",
        endpoint: "https-metrics",
        service: "kubelet",
        metrics_path: "/metrics/cadvisor",
        node: "node-1",
      }),
      honorsLabels: true,
      known: always,
      answers: () => true,
      exports: cadvisor(world),
    },
  ];
  const { externalLabels = {} } = world;
  const sent = Object.keys(externalLabels).length === 0 ? targets : targets.map((target) => relabelled(target, externalLabels));
  if (world.copies === "once") return sent;
  return sent.flatMap((target) =>
    world.copies === "by two servers"
      ? ["a", "b"].map((replica) => relabelled(target, { prometheus_replica: replica }))
      : [target, relabelled(target, { job: `${target.labels["job"] ?? ""}-too` })],
  );
}

const podTargets: Readonly<Record<Convention, WeakMap<Instance, Target>>> = { plain: new WeakMap(), operator: new WeakMap() };

/** Made once of an instance, so that what it exports is worked out once. */
function podTarget(instance: Instance, convention: Convention): Target {
  const known = podTargets[convention].get(instance) ?? makePodTarget(instance, convention);
  podTargets[convention].set(instance, known);
  return known;
}

function makePodTarget(instance: Instance, convention: Convention): Target {
  const { workload } = instance.service;
  const { pod, deployment } = instance;
  const external = Object.fromEntries((workload.scrape?.externalLabels ?? []).map((label) => [label, "simulated"]));
  const namespace = workload.scrape?.namespaceLabel === true ? { namespace: workload.namespace } : {};
  const target = { ...external, ...namespace, job: workload.job, instance: `${instance.ip}:${workload.port}` };
  return {
    labels: labelled(target, convention, {
      namespace: workload.namespace,
      pod,
      container: deployment,
      endpoint: "http",
      service: workload.job,
    }),
    honorsLabels: workload.scrape?.honorLabels === true,
    known: [instance.life],
    answers: (second) => answers(instance, second),
    exports: exportsOf(instance),
  };
}

type LabelSet = Readonly<Record<string, string>>;

function labelled(target: LabelSet, convention: Convention, more: LabelSet): LabelSet {
  return convention === "operator" ? { ...more, ...target } : target;
}

function relabelled(target: Target, labels: LabelSet): Target {
  return { ...target, labels: { ...target.labels, ...labels } };
}
