import type { LoadedDashboard, LoadedFiles, LoadedVariable } from "../../model/files/loaded";
import type { Workload } from "../../model/workload";
import { isOfService } from "./belongings";
import { inline, list, object, text } from "./source";

/** A variable by which this program lets the reader of a dashboard choose among the targets of a workload's job. */
function jobOfChoice({ name, query }: LoadedVariable): string | undefined {
  if (name !== "namespace" && name !== "instance") return undefined;
  return /^label_values\(up\{job="([^"]*)".*\}, (?:namespace|instance)\)$/.exec(query)?.[1];
}

/**
 * The workload of a service, as its manifests have it. Only where dashboards let one choose among its targets already:
 * with a workload, a program adds these choices.
 */
export function workloadOf(
  { id, alertPrefix }: { readonly id: string; readonly alertPrefix: string },
  dashboards: readonly LoadedDashboard[],
  { cluster }: LoadedFiles,
): Workload | undefined {
  const jobs = new Set(dashboards.flatMap(({ variables }) => variables.flatMap((variable) => jobOfChoice(variable) ?? [])));
  const [job] = jobs;
  const deployments = cluster.workloads.filter(({ kind, name }) => kind === "Deployment" && isOfService(name, id));
  const [first] = deployments;
  const container = first?.containers[0];
  const port = container?.ports[0]?.number;
  if (jobs.size !== 1 || job === undefined || first?.namespace === undefined) return undefined;
  if (container?.cpu === undefined || container.memory === undefined || port === undefined) return undefined;
  return {
    name: alertPrefix,
    namespace: first.namespace,
    deployments: deployments.map(({ name, replicas = 1 }) => ({ name, replicas })),
    job,
    port,
    limits: { cpuCores: container.cpu, memoryBytes: container.memory },
  };
}

/** The workload as code. */
export function workloadCode({ name, namespace, deployments, job, port, limits }: Workload): string {
  return object({
    name: text(name),
    namespace: text(namespace),
    deployments: list(deployments.map((each) => inline({ name: text(each.name), replicas: String(each.replicas) }))),
    job: text(job),
    port: String(port),
    limits: inline({ cpuCores: String(limits.cpuCores), memoryBytes: String(limits.memoryBytes) }),
  });
}

/** A dashboard without the choices among targets, and without what they narrow: a program writes both itself. */
export function narrowedByProgram(dashboard: LoadedDashboard): LoadedDashboard {
  return {
    ...dashboard,
    variables: dashboard.variables.filter((variable) => jobOfChoice(variable) === undefined),
    panels: dashboard.panels.map((panel) => ({
      ...panel,
      targets: panel.targets.map((target) => ({ ...target, expr: withoutNarrowing(target.expr) })),
    })),
  };
}

function withoutNarrowing(expr: string): string {
  return expr.replace(/,?(namespace|instance)=~"\$\1"/g, "").replaceAll("{}", "");
}
