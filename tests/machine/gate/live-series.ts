import { metrics as gcMetrics } from "../../../services/gc/metrics";
import { workload as gcWorkload } from "../../../services/gc/workload";
import { metrics } from "../../../services/mc/metrics";
import { workload } from "../../../services/mc/workload";
import { platform } from "../../../core/model/standard/platform";
import type { TestSeries } from "./prometheus-server";

/** How the series of the services are labelled: see docs of both ways of scraping. "both" scrapes each pod twice. */
export type Convention = "plain" | "operator" | "both";

/** A pod as Kubernetes lists it, and what its MC sends. What is left out is well. */
export interface TestPod {
  readonly name: string;
  readonly address: string;
  readonly phase?: "Running" | "Failed" | "Pending";
  readonly isReady?: boolean;
  /** Seconds before now. */
  readonly age?: number;
  readonly isScraped?: boolean;
  /** Whether the GC accepts its heartbeats. */
  readonly isBeating?: boolean;
  readonly meetings?: number;
  readonly mailboxDepth?: number;
  /** Share of its limit. */
  readonly cpu?: number;
  /** Whether kube-state-metrics still lists it; one that is gone had samples until two minutes ago. */
  readonly isListed?: boolean;
}

/** What Prometheus sees of the system; what is left out is well. */
export interface Situation {
  readonly gc?: readonly TestPod[];
  readonly mc?: readonly TestPod[];
  /** How many replicas of kube-state-metrics are scraped. */
  readonly kubeStateMetrics?: number;
  /** MCs in the GC's registry by status. */
  readonly registered?: Readonly<Record<string, number>>;
}

/** The pods of a good day, by Deployment. */
export const pods: Readonly<Record<"mc0" | "mc1" | "gcA" | "gcB", TestPod>> = {
  mc0: { name: "mc-0-7d9f8b6c5-x2x4z", address: "10.0.3.7" },
  mc1: { name: "mc-1-6c8b7d9f4-p9q2m", address: "10.0.3.8" },
  gcA: { name: "gc-service-5b7c9d8f6-k8s2v", address: "10.0.3.1" },
  gcB: { name: "gc-service-5b7c9d8f6-x7w4q", address: "10.0.3.2" },
};

/** The series of a situation. */
export function seriesOf(situation: Situation, convention: Convention = "plain"): readonly TestSeries[] {
  const { gc = [pods.gcA, pods.gcB], mc = [pods.mc0, pods.mc1], kubeStateMetrics = 1, registered = { healthy: 2 } } = situation;
  const exporters = Array.from({ length: kubeStateMetrics }, (_, index) => ({
    job: "kube-state-metrics",
    instance: `ksm-${index}`,
  }));
  const ways = convention === "both" ? (["plain", "operator"] as const) : ([convention] as const);
  return [
    ...[...gc, ...mc].flatMap((pod) => exporters.flatMap((exporter) => kubernetesView(pod, exporter))),
    ...[...gc, ...mc].flatMap(resources),
    ...mc.filter(({ isScraped }) => isScraped !== false).flatMap((pod) => ways.flatMap((way) => mcSeries(pod, way))),
    ...gc.flatMap((pod) =>
      Object.entries(registered).map(([status, count]) =>
        steady(gcMetrics.registeredControllers.name, count, {
          ...target(pod, "plain", gcWorkload),
          controller_type: "meeting",
          status,
        }),
      ),
    ),
  ];
}

type Labels = Readonly<Record<string, string>>;

function kubernetesView(pod: TestPod, exporter: Labels): readonly TestSeries[] {
  const { name, address, phase = "Running", isReady = phase === "Running", age = 86_400, isListed = true } = pod;
  const labels = { ...exporter, namespace: workload.namespace, pod: name };
  return [
    steady(platform.podInfo.name, 1, { ...labels, pod_ip: address }),
    steady(platform.podCreated.name, Math.floor(Date.now() / 1000) - age, labels),
    steady(platform.podReady.name, isReady ? 1 : 0, { ...labels, condition: "true" }),
    steady(platform.podReady.name, isReady ? 0 : 1, { ...labels, condition: "false" }),
    ...["Running", "Failed", "Pending", "Succeeded"].map((one) =>
      steady(platform.podPhase.name, one === phase ? 1 : 0, { ...labels, phase: one }),
    ),
  ].map((series) => (isListed ? series : untilTwoMinutesAgo(series)));
}

function resources({ name, cpu = 0.2, phase = "Running" }: TestPod): readonly TestSeries[] {
  if (phase !== "Running") return [];
  const labels = { namespace: workload.namespace, pod: name, container: "app" };
  return [
    { name: platform.cpuUsage.name, labels, valueAt: (second) => 1000 + cpu * second },
    steady(platform.resourceLimits.name, 1, { ...labels, resource: "cpu", unit: "core" }),
  ];
}

function mcSeries(pod: TestPod, way: Exclude<Convention, "both">): readonly TestSeries[] {
  const { isBeating = true, meetings = 12, mailboxDepth = 3, isListed = true } = pod;
  const labels = target(pod, way, workload);
  const all: readonly TestSeries[] = [
    steady(platform.up.name, 1, labels),
    steady(metrics.meetings.name, meetings, labels),
    ...["MeetingActor", "ConnectionActor"].map((actor_type) =>
      steady(metrics.mailboxDepth.name, mailboxDepth, { ...labels, actor_type }),
    ),
    {
      name: metrics.gcHeartbeats.name,
      labels: { ...labels, status: "success", heartbeat_type: "fast" },
      valueAt: (second) => (isBeating ? 1000 + Math.floor(second / 10) : 1000),
    },
  ];
  return isListed ? all : all.map(untilTwoMinutesAgo);
}

function target({ name, address }: TestPod, way: Exclude<Convention, "both">, { job, namespace, port }: typeof workload): Labels {
  const plain = { job, instance: `${address}:${port}` };
  if (way === "plain") return plain;
  return { ...plain, job: `${namespace}/${job}`, namespace, pod: name, container: "app", endpoint: "http" };
}

function untilTwoMinutesAgo({ valueAt, ...series }: TestSeries): TestSeries {
  return { ...series, valueAt: (second) => (second < -120 ? valueAt(second) : "stale") };
}

function steady(name: string, value: number, labels: Labels): TestSeries {
  return { name, labels, valueAt: () => value };
}
