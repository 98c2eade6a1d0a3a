import { alert } from "../core/model/alert";
import { fires, quiet, series, type InputSeries } from "../core/model/example";
import { panel } from "../core/model/panel";
import { promql, where } from "../core/model/query";
import type { RunbookSection } from "../core/model/runbook";
import { deploymentsOf, examplePod, podsOf, type Workload } from "../core/model/workload";
import { platform } from "./platform";

/** What a workload's containers use of their limits. */
export function resourcePanels(workload: Workload) {
  const { namespace } = workload;
  const container = { namespace, pod: podsOf(workload), container: /.+/ }; // the pod's own cgroup has an empty container label
  const memoryLimit = promql`max by (pod, container) (${where(platform.resourceLimits, { ...container, resource: "memory" })})`;
  return {
    memory: panel("memory", {
      title: "Memory, share of the limit",
      shows:
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
      shows: "CPU time of each container against its limit. At 100 % the kernel throttles the container.",
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
      shows: "1 for each container that runs without a memory limit: no share of it can be drawn, and no alert can watch it.",
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

/** Memory and CPU near their limit, and no limit at all. */
export function resourceAlerts(workload: Workload, panels: ReturnType<typeof resourcePanels>, runbook: RunbookSection) {
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
  return {
    highMemory: alert(`${name}HighMemory`, {
      panel: panels.memory,
      when: { above: 0.85 },
      for: "10m",
      severity: "warning",
      summary: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit",
      impact: "At the limit the kernel kills the container.",
      runbook,
      examples: [
        fires({ input: [used("900x60"), limit("memory", 1000)], at: "10m", labels, value: "90%" }),
        fires({ input: [used("900 600 ".repeat(30).trim()), limit("memory", 1000)], at: "10m", labels, value: "90%" }),
        quiet("it uses less than the threshold", { input: [used("800x60"), limit("memory", 1000)], until: "60m" }),
        quiet("a peak passes", { input: [used("800x9 900 800x60"), limit("memory", 1000)], until: "60m" }),
      ],
    }),
    highCpu: alert(`${name}HighCpu`, {
      panel: panels.cpu,
      when: { above: 0.8 },
      for: "5m",
      severity: "warning",
      summary: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its CPU limit",
      impact: "At the limit the kernel throttles the container, and every latency grows.",
      runbook,
      examples: [
        fires({ input: cpu(0.9), at: "10m", labels, value: "90%" }),
        quiet("it uses less than the threshold", { input: cpu(0.7), until: "60m" }),
      ],
    }),
    noMemoryLimit: alert(`${name}NoMemoryLimit`, {
      panel: panels.unlimited,
      when: { above: 0 },
      for: "15m",
      severity: "warning",
      summary: "{{ $labels.container }} of {{ $labels.pod }} runs without a memory limit",
      impact: "Nothing warns before it takes the memory of its neighbours on the node.",
      runbook,
      examples: [
        fires({ input: [used("900x60"), known], at: "15m", labels, value: "1" }),
        quiet("it has one", { input: [used("900x60"), known, limit("memory", 1000)], until: "60m" }),
        quiet("kube-state-metrics is gone, and every limit with it", { input: [used("900x60")], until: "60m" }),
      ],
    }),
  };
}
