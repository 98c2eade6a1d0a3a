import { minutes } from "../duration";
import type { Alert, Severity } from "../alert";
import { alert } from "../declared-alert";
import { fires, quiet, series, type InputSeries } from "../example";
import { groupBy } from "../group-by";
import { panel, type Panel } from "../panel";
import { promql, queryOf, where, type Query } from "../query";
import type { RunbookSection } from "../runbook";
import { deploymentsOf, examplePod, podsOf, type Workload } from "../workload";
import { platform } from "./platform";

/** What is seen of the pods and Deployments of a workload. */
export interface ReplicaPanels {
  readonly ready: Panel<"pod">;
  readonly replicas: Panel<"missing" | "unwanted">;
  readonly deploymentsKnown: Panel<"known">;
  readonly restarts: Panel<"pod">;
}

/** What Kubernetes says of a workload's replicas, through kube-state-metrics. */
export function replicaPanels(workload: Workload): ReplicaPanels {
  const { name, namespace } = workload;
  const pod = { namespace, pod: podsOf(workload) };
  const deployment = { namespace, deployment: deploymentsOf(workload) };
  const wanted = promql`max by (deployment) (${where(platform.wantedReplicas, deployment)})`;
  return {
    ready: panel("ready", {
      title: "Ready pods",
      description: `1 for each ${name} pod that passes its readiness probe. A pod that is alive but not ready serves nobody.`,
      unit: "short",
      queries: {
        pod: {
          query: promql`max by (pod) (${where(platform.podReady, { ...pod, condition: "true" })})`,
          legend: "{{pod}}",
        },
      },
    }),
    replicas: panel("replicas", {
      title: "Replicas missing",
      description: `Of each ${name} Deployment: how many of the wanted replicas are not available, and how many fewer are wanted than planned (${plan(workload)}).`,
      unit: "short",
      queries: {
        missing: {
          query: promql`${wanted} - max by (deployment) (${where(platform.availableReplicas, deployment)})`,
          legend: "{{deployment}} not available",
        },
        unwanted: { query: belowPlan(workload), legend: "{{deployment}} fewer than planned" },
      },
    }),
    deploymentsKnown: panel("deployments-known", {
      title: "Deployments known",
      description: `How many of the ${workload.deployments.length} ${name} Deployments kube-state-metrics reports. Of the others nobody knows whether their pods are ready.`,
      unit: "short",
      view: "stat",
      badBelow: { red: 1, orange: workload.deployments.length },
      queries: { known: { query: promql`count(${wanted}) or vector(0)`, legend: "known" } },
    }),
    restarts: panel("restarts", {
      title: "Container restarts in 1 h",
      description: `How often each ${name} container was restarted within the last hour.`,
      unit: "short",
      queries: {
        pod: {
          // The difference of what was counted: increase() extrapolates, and makes 2.02 of two.
          query: promql`
            sum by (pod) (
              max by (pod, container) (max_over_time(${where(platform.restarts, pod)}[1h]))
              - min by (pod, container) (min_over_time(${where(platform.restarts, pod)}[1h]))
            )`,
          legend: "{{pod}}",
        },
      },
    }),
  };
}

function plan({ deployments }: Workload): string {
  return deployments.map(({ name, replicas }) => `${name}: ${replicas}`).join(", ");
}

function belowPlan(workload: Workload): Query {
  const planned = [...groupBy(workload.deployments, ({ replicas }) => replicas)];
  const parts = planned.map(([replicas, deployments]) => {
    const deployment = deploymentsOf({ ...workload, deployments });
    return `${replicas} - max by (deployment) (${where(platform.wantedReplicas, { namespace: workload.namespace, deployment }).expr})`;
  });
  return queryOf(parts.join("\nor "));
}

/** Where the alerts on replicas lead, and what a missing one, or a restart, costs users. */
export interface ReplicaAlerts {
  readonly missing: { readonly severity?: Severity; readonly impact: string; readonly runbook: RunbookSection };
  readonly restarting: {
    /** A warning when left out. */
    readonly severity?: Severity;
    readonly impact: string;
    /** How many restarts within an hour are nothing to tell of, 2 when left out. A rollout makes new pods, which begin with none. */
    readonly allowed?: number;
    readonly runbook: RunbookSection;
  };
}

/** A replica is missing, is not even wanted, restarts; or nobody can tell. */
export function replicaAlerts(
  workload: Workload,
  panels: ReplicaPanels,
  told: ReplicaAlerts,
): Readonly<Record<"replicasMissing" | "scaledDown" | "stateUnknown" | "restarting", Alert>> {
  const { name, namespace } = workload;
  const { missing, restarting } = told;
  const { allowed = 2 } = restarting;
  const pod = examplePod(workload);
  const deployments = workload.deployments.map((deployment) => deployment.name);
  const [deployment = "", ...others] = deployments;
  const planned = workload.deployments[0]?.replicas ?? 0;
  const replicas = (wanted: string, available: string, of = deployment): readonly InputSeries[] => [
    series(platform.wantedReplicas, { namespace, deployment: of }, wanted),
    series(platform.availableReplicas, { namespace, deployment: of }, available),
  ];
  const healthy = others.flatMap((other) => replicas("1x100", "1x100", other));
  const restarts = (values: string): InputSeries => series(platform.restarts, { namespace, pod, container: "app" }, values);
  return {
    replicasMissing: alert(`${name}ReplicasMissing`, {
      panel: panels.replicas,
      query: "missing",
      above: 0,
      for: "10m",
      severity: missing.severity ?? "warning",
      summary: "{deployment} lacks {value} of its replicas",
      impact: missing.impact,
      runbook: missing.runbook,
      examples: [
        fires({
          input: replicas(`${planned}x60`, `${planned}x4 ${planned - 1}x60`),
          at: "15m",
          labels: { deployment },
          value: 1,
        }),
        quiet("a rollout replaces it", {
          input: replicas(`${planned}x60`, `${planned}x4 ${planned - 1}x5 ${planned}x60`),
          until: "60m",
        }),
        quiet("none is wanted", { input: replicas("0x60", "0x60"), until: "50m" }),
      ],
    }),
    scaledDown: alert(`${name}ScaledDown`, {
      panel: panels.replicas,
      query: "unwanted",
      above: 0,
      for: "1h",
      severity: "warning",
      summary: "{deployment} has been scaled down by {value} for an hour",
      impact: "Its capacity is missing; what was meant for a moment stays for ever when it is forgotten.",
      runbook: missing.runbook,
      examples: [
        fires({
          input: replicas(`${planned}x4 0x80`, `${planned}x4 0x80`),
          at: "65m",
          labels: { deployment },
          value: planned,
        }),
        quiet("it is scaled up again in time", {
          input: replicas(`${planned}x4 0x50 ${planned}x60`, `${planned}x4 0x50 ${planned}x60`),
          until: "110m",
        }),
        quiet("more are wanted than planned", { input: replicas(`${planned + 2}x80`, `${planned + 2}x80`), until: "80m" }),
      ],
    }),
    stateUnknown: alert(`${name}StateUnknown`, {
      panel: panels.deploymentsKnown,
      below: deployments.length,
      for: "10m",
      severity: "warning",
      summary: `kube-state-metrics reports {value} of ${deployments.length} ${name} Deployments`,
      impact: `Whether ${name} is ready, complete or restarting cannot be judged: the alerts on that are blind.`,
      runbook: missing.runbook,
      examples: [
        fires({ input: [], at: "10m", value: 0 }),
        quiet("all are known", { input: [...replicas("1x60", "1x60"), ...healthy], until: "60m" }),
        quiet("kube-state-metrics misses a scrape", {
          input: deployments.flatMap((each) => replicas("1x9 stale 1x60", "1x9 stale 1x60", each)),
          until: "60m",
        }),
      ],
    }),
    restarting: alert(`${name}Restarting`, {
      panel: panels.restarts,
      above: allowed,
      for: "0m",
      severity: restarting.severity ?? "warning",
      summary: "{pod} restarted {value} times within 1 h",
      impact: restarting.impact,
      runbook: restarting.runbook,
      examples: [
        fires({
          input: [restarts("0x5 1x5 2x5 3x60")],
          at: minutes(6 * (allowed + 1)),
          labels: { pod },
          value: allowed + 1,
        }),
        quiet("it restarts no more often than that", { input: [restarts(`5x10 ${5 + allowed}x60`)], until: "60m" }),
        quiet("what is known of it begins with old restarts", { input: [restarts("_x10 7x60")], until: "60m" }),
      ],
    }),
  };
}
