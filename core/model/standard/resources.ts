import type { Alert } from "../alert";
import { alert } from "../declared-alert";
import { fires, quiet, series, type InputSeries } from "../example";
import { panel, type Panel } from "../panel";
import { promql, where } from "../query";
import type { RunbookSection } from "../runbook";
import { deploymentsOf, examplePod, podsOf, type Workload } from "../workload";
import { platform } from "./platform";

/** What is seen of the memory and CPU of a workload. */
export interface ResourcePanels {
  readonly memory: Panel<"container">;
  readonly cpu: Panel<"container">;
  readonly unlimited: Panel<"container">;
}

/** What a workload's containers use of their limits. */
export function resourcePanels(workload: Workload): ResourcePanels {
  const { namespace } = workload;
  const container = { namespace, pod: podsOf(workload), container: /.+/ }; // the pod's own cgroup has an empty container label
  const memoryLimit = promql`max by (pod, container) (${where(platform.resourceLimits, { ...container, resource: "memory" })})`;
  return {
    memory: panel("memory", {
      title: "Memory, share of the limit",
      description:
        "The highest working set of each container within 5 minutes against its limit. At 100 % the kernel kills the container.",
      unit: "percentunit",
      queries: {
        container: {
          query: promql`max by (pod, container) (max_over_time(${where(platform.memoryWorkingSet, container)}[5m])) / ${memoryLimit}`,
          legend: "{{pod}} {{container}}",
        },
      },
    }),
    cpu: panel("cpu", {
      title: "CPU, share of the limit",
      description: "CPU time of each container against its limit. At 100 % the kernel throttles the container.",
      unit: "percentunit",
      queries: {
        container: {
          query: promql`
            sum by (pod, container) (rate(${where(platform.cpuUsage, container)}[$__rate_interval]))
            / max by (pod, container) (${where(platform.resourceLimits, { ...container, resource: "cpu" })})`,
          legend: "{{pod}} {{container}}",
        },
      },
    }),
    unlimited: panel("unlimited", {
      title: "Containers without a memory limit",
      description:
        "1 for each container that runs without a memory limit: no share of it can be drawn, and no alert can watch it.",
      unit: "short",
      queries: {
        container: {
          // Without kube-state-metrics no limit is known, which is another matter.
          query: promql`
            count by (pod, container) (${where(platform.memoryWorkingSet, container)})
            unless ${memoryLimit}
            and on () count(${where(platform.wantedReplicas, { namespace, deployment: deploymentsOf(workload) })})`,
          legend: "{{pod}} {{container}}",
        },
      },
    }),
  };
}

/** Where the alerts on resources lead, and the shares of the limit from which on they tell. */
export interface ResourceAlerts {
  readonly resources: RunbookSection;
  /** 0.85 when left out. */
  readonly memoryAbove?: number;
  /** 0.8 when left out. */
  readonly cpuAbove?: number;
}

/** Memory and CPU near their limit, and no limit at all. */
export function resourceAlerts(
  workload: Workload,
  panels: ResourcePanels,
  { resources: runbook, memoryAbove = 0.85, cpuAbove = 0.8 }: ResourceAlerts,
): Readonly<Record<"highMemory" | "highCpu" | "noMemoryLimit", Alert>> {
  const { name, namespace, deployments } = workload;
  const pod = examplePod(workload);
  const container = { namespace, pod, container: "app" };
  const limit = (resource: "cpu" | "memory", value: number): InputSeries =>
    series(platform.resourceLimits, { ...container, resource, unit: resource === "cpu" ? "core" : "byte" }, `${value}x60`);
  const used = (values: string): InputSeries => series(platform.memoryWorkingSet, container, values);
  const known = series(platform.wantedReplicas, { namespace, deployment: deployments[0]?.name ?? "" }, "1x60");
  const cpu = (share: number): readonly InputSeries[] => [
    series(platform.cpuUsage, container, `0+${share * 60}x60`),
    limit("cpu", 1),
  ];
  const labels = { pod, container: "app" };
  const beyond = (threshold: number): number => Number(((1 + threshold) / 2).toPrecision(4));
  const much = 1000 * beyond(memoryAbove);
  const little = 900 * memoryAbove;
  return {
    highMemory: alert(`${name}HighMemory`, {
      panel: panels.memory,
      above: memoryAbove,
      for: "10m",
      severity: "warning",
      summary: "{pod} uses {value} of its memory limit",
      impact: "At the limit the kernel kills the container.",
      runbook,
      examples: [
        fires({ input: [used(`${much}x60`), limit("memory", 1000)], at: "10m", labels, value: beyond(memoryAbove) }),
        fires({
          input: [used(`${much} 600 `.repeat(30).trim()), limit("memory", 1000)],
          at: "10m",
          labels,
          value: beyond(memoryAbove),
        }),
        quiet("it uses less than the threshold", { input: [used(`${little}x60`), limit("memory", 1000)], until: "60m" }),
        quiet("a peak passes", { input: [used(`${little}x9 ${much} ${little}x60`), limit("memory", 1000)], until: "60m" }),
      ],
    }),
    highCpu: alert(`${name}HighCpu`, {
      panel: panels.cpu,
      above: cpuAbove,
      for: "5m",
      severity: "warning",
      summary: "{pod} uses {value} of its CPU limit",
      impact: "At the limit the kernel throttles the container, and every latency grows.",
      runbook,
      examples: [
        fires({ input: cpu(beyond(cpuAbove)), at: "10m", labels, value: beyond(cpuAbove) }),
        quiet("it uses less than the threshold", { input: cpu(0.9 * cpuAbove), until: "60m" }),
      ],
    }),
    noMemoryLimit: alert(`${name}NoMemoryLimit`, {
      panel: panels.unlimited,
      above: 0,
      for: "15m",
      severity: "warning",
      summary: "{container} of {pod} runs without a memory limit",
      impact: "Nothing warns before it takes the memory of its neighbours on the node.",
      runbook,
      examples: [
        fires({ input: [used("900x60"), known], at: "15m", labels, value: 1 }),
        quiet("it has one", { input: [used("900x60"), known, limit("memory", 1000)], until: "60m" }),
        quiet("kube-state-metrics is gone, and every limit with it", { input: [used("900x60")], until: "60m" }),
      ],
    }),
  };
}
