import type { Workload } from "../model/workload";
import { problem, type Check } from "./check";

/** What runs a service can be run so: thresholds and queries are made of its numbers and names. */
export const workloadIsPossible: Check = {
  id: "workload-is-possible",
  description: "A workload has a Deployment, a job, a port that there can be, and whole replicas within real limits.",
  severity: "error",
  run: ({ services }) =>
    services.flatMap(({ id, workload }) =>
      (workload ? faults(workload) : []).map((fault) => problem({ file: `services/${id}/workload.ts` }, fault)),
    ),
};

/** A port or a limit of 0 is one that is left to fill in, of which another check tells. */
function faults({ port, job, deployments, limits }: Workload): readonly string[] {
  return [
    ...(isWhole(port) && port < 65_536 ? [] : [`has the port ${port}. A port is a whole number from 1 to 65535.`]),
    ...(job === "" ? ["has no job: its series are asked for by one."] : []),
    ...(deployments.length === 0 ? ["has no Deployment: nothing would be watched."] : []),
    ...deployments
      .filter(({ replicas }) => !isWhole(replicas))
      .map(({ name, replicas }) => `has ${replicas} replicas of ${name}. Replicas are a whole number.`),
    ...Object.entries(limits)
      .filter(([, limit]) => !Number.isFinite(limit) || limit < 0)
      .map(([name, limit]) => `has limits.${name}: ${limit}, which no value reaches. Write that of the manifests.`),
  ];
}

function isWhole(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
