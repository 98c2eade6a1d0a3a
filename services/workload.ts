import { alert, type Severity } from "../model/alert";
import { fires, quiet, series, type InputSeries } from "../model/example";
import { panel } from "../model/panel";
import { promql, where } from "../model/query";
import type { RunbookSection } from "../model/runbook";
import { examplePod, podsOf, replicasOf, type Workload } from "../model/workload";
import { platform } from "./platform";

/** How many instances of a workload are scraped, and how many there should be: of its own dashboard, or of one that shows it as an upstream. */
export function instancesUp(id: string, workload: Workload, shows: string) {
  const { name, job } = workload;
  const wanted = replicasOf(workload);
  return panel(id, {
    title: `${name} instances up`,
    shows,
    unit: "short",
    view: "stat",
    badBelow: { red: 1, orange: wanted },
    queries: { up: { query: promql`sum(${where(platform.up, { job })})`, legend: `up, ${wanted} wanted` } },
  });
}

/** The panels that every workload has: is it scraped, ready, restarting, within its limits? */
export function workloadPanels(workload: Workload) {
  const { name, job, namespace } = workload;
  const pod = { namespace, pod: podsOf(workload) };
  const container = { ...pod, container: /.+/ }; // the pod's own cgroup has an empty container label
  return {
    instancesUp: instancesUp("instances-up", workload, `How many ${name} instances Prometheus can scrape.`),
    up: panel("up", {
      title: "Scrape state by instance",
      shows: `1 while Prometheus can scrape the ${name} instance, 0 while it cannot.`,
      unit: "short",
      queries: {
        instance: { query: promql`max by (instance) (${where(platform.up, { job })})`, legend: "{{instance}}" },
      },
    }),
    ready: panel("ready", {
      title: "Ready pods",
      shows: `1 for each ${name} pod that passes its readiness probe. A pod that is alive but not ready serves nobody.`,
      unit: "short",
      queries: {
        pod: {
          query: promql`max by (pod) (${where(platform.podReady, { ...pod, condition: "true" })})`,
          legend: "{{pod}}",
        },
      },
    }),
    restarts: panel("restarts", {
      title: "Container restarts in 1 h",
      shows: `How often each ${name} container was restarted within the last hour.`,
      unit: "short",
      queries: {
        pod: {
          query: promql`sum by (pod) (increase(${where(platform.restarts, pod)}[1h]))`,
          legend: "{{pod}}",
        },
      },
    }),
    memory: panel("memory", {
      title: "Memory, share of the limit",
      shows: "Working set of each container against its limit. At 100 % the kernel kills the container.",
      unit: "percentunit",
      queries: {
        container: {
          query: promql`
            max by (pod, container) (${where(platform.memoryWorkingSet, container)})
            / max by (pod, container) (${where(platform.resourceLimits, { ...container, resource: "memory" })})`,
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
  };
}

/** Where each of a workload's alerts leads, and what it means that none or one of its instances is down. */
export interface WorkloadAlerts {
  readonly down: RunbookSection;
  readonly allDownImpact: string;
  readonly oneDown: { readonly severity: Severity; readonly impact: string };
  readonly restarting: RunbookSection;
  /** How many restarts within an hour are nothing to tell of. A rollout makes new pods, which begin with none. */
  readonly restartsAllowed: number;
  readonly resources: RunbookSection;
}

/** The alerts that every workload has, on the panels of {@link workloadPanels}. */
export function workloadAlerts(workload: Workload, panels: ReturnType<typeof workloadPanels>, runbooks: WorkloadAlerts) {
  const { name, job, namespace } = workload;
  const pod = examplePod(workload);
  const container = { namespace, pod, container: "app" };
  const limit = (resource: "cpu" | "memory", value: number): InputSeries =>
    series(platform.resourceLimits, { ...container, resource, unit: resource === "cpu" ? "core" : "byte" }, `${value}x60`);
  const memory = (share: number): readonly InputSeries[] => [
    series(platform.memoryWorkingSet, container, `${share * 1024}x60`),
    limit("memory", 1024),
  ];
  const cpu = (share: number): readonly InputSeries[] => [
    series(platform.cpuUsage, container, `0+${share * 60}x60`),
    limit("cpu", 1),
  ];
  const instances = ["a", "b"].map((suffix) => `${pod}-${suffix}:http`);
  const scraped = (values: readonly string[]): readonly InputSeries[] =>
    instances.map((instance, number) => series(platform.up, { job, instance }, values[number] ?? ""));
  return {
    down: alert(`${name}Down`, {
      panel: panels.instancesUp,
      when: { below: 1 },
      for: "1m",
      severity: "page",
      summary: `No ${name} instance is up`,
      impact: runbooks.allDownImpact,
      runbook: runbooks.down,
      examples: [
        fires({ input: scraped(["1x4 0x20", "1x4 0x20"]), at: "6m", labels: {}, value: "0" }),
        quiet("another instance serves", { input: scraped(["0x20", "1x20"]), until: "20m" }),
      ],
    }),
    instanceDown: alert(`${name}InstanceDown`, {
      panel: panels.up,
      when: { below: 1 },
      for: "2m",
      severity: runbooks.oneDown.severity,
      summary: `${name} instance {{ $labels.instance }} cannot be scraped`,
      impact: runbooks.oneDown.impact,
      runbook: runbooks.down,
      examples: [
        fires({ input: scraped(["1x4 0x20", "1x20"]), at: "7m", labels: { instance: instances[0] ?? "" }, value: "0" }),
        quiet("one scrape fails", { input: scraped(["1x4 0 1x20", "1x20"]), until: "20m" }),
      ],
    }),
    absent: alert(`${name}Absent`, {
      panel: panels.up,
      when: {
        expression: promql`absent(${where(platform.up, { job })})`,
        trigger: `Prometheus knows no target of job ${job}`,
      },
      for: "5m",
      severity: "page",
      summary: `Prometheus scrapes no ${name} at all`,
      impact: `Nothing is known of any ${name}: no other ${name} alert can fire.`,
      runbook: runbooks.down,
      examples: [
        fires({ input: [], at: "5m", labels: { job }, value: "1" }),
        quiet("one target is known, though down", {
          input: [series(platform.up, { job, instance: `${pod}:http` }, "0x20")],
          until: "20m",
        }),
      ],
    }),
    restarting: alert(`${name}Restarting`, {
      panel: panels.restarts,
      when: { above: runbooks.restartsAllowed },
      for: "0m",
      severity: "warning",
      summary: "{{ $labels.pod }} restarted {{ $value | humanize }} times within 1 h",
      impact: `Each restart drops what the ${name} pod held.`,
      runbook: runbooks.restarting,
      examples: [
        fires({
          input: [series(platform.restarts, container, "0x5 1x5 2x5 3x60")],
          at: `${6 * (runbooks.restartsAllowed + 1)}m`,
          labels: { pod },
          value: String(runbooks.restartsAllowed + 1),
        }),
        quiet("it restarts no more often than that", {
          input: [series(platform.restarts, container, `0x10 ${runbooks.restartsAllowed}x60`)],
          until: "60m",
        }),
      ],
    }),
    highMemory: alert(`${name}HighMemory`, {
      panel: panels.memory,
      when: { above: 0.85 },
      for: "10m",
      severity: "warning",
      summary: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit",
      impact: "At the limit the kernel kills the container.",
      runbook: runbooks.resources,
      examples: [
        fires({ input: memory(0.9), at: "10m", labels: { pod, container: "app" }, value: "90%" }),
        quiet("it uses less than the threshold", { input: memory(0.8), until: "60m" }),
      ],
    }),
    highCpu: alert(`${name}HighCpu`, {
      panel: panels.cpu,
      when: { above: 0.8 },
      for: "5m",
      severity: "warning",
      summary: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its CPU limit",
      impact: "At the limit the kernel throttles the container, and every latency grows.",
      runbook: runbooks.resources,
      examples: [
        fires({ input: cpu(0.9), at: "10m", labels: { pod, container: "app" }, value: "90%" }),
        quiet("it uses less than the threshold", { input: cpu(0.7), until: "60m" }),
      ],
    }),
  };
}
