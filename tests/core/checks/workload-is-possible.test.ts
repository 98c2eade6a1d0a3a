import { workloadIsPossible } from "../../../core/checks/workload-is-possible";
import type { Workload } from "../../../core/model/workload";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const at = "services/ex/workload.ts:";

function running(change: Partial<Workload>) {
  const workload = exampleModel().services[0]?.workload;
  return { service: workload ? { workload: { ...workload, ...change } } : {} };
}

testCheck(workloadIsPossible, {
  accepted: [
    { name: "the lowest and the highest port", ...running({ port: 65_535 }) },
    { name: "what is left to fill in", ...running({ port: 0, limits: { cpuCores: 0, memoryBytes: 0 } }) },
    { name: "a part of a core", ...running({ limits: { cpuCores: 0.25, memoryBytes: 64 * 1024 ** 2 } }) },
    { name: "a Deployment that is scaled to nothing", ...running({ deployments: [{ name: "ex", replicas: 0 }] }) },
    {
      name: "several Deployments",
      ...running({
        deployments: [
          { name: "ex-0", replicas: 1 },
          { name: "ex-1", replicas: 2 },
        ],
      }),
    },
  ],
  reported: [
    ...[70_000, -1, 80.5, NaN, Infinity].map((port) => ({
      name: `the port ${port}`,
      ...running({ port }),
      findings: [`${at} has the port ${port}. A port is a whole number from 1 to 65535.`],
    })),
    ...[-1, 1.5, NaN].map((replicas) => ({
      name: `${replicas} replicas`,
      ...running({ deployments: [{ name: "ex", replicas }] }),
      findings: [`${at} has ${replicas} replicas of ex. Replicas are a whole number.`],
    })),
    ...[NaN, Infinity, -5].map((memoryBytes) => ({
      name: `a limit of ${memoryBytes}`,
      ...running({ limits: { cpuCores: 1, memoryBytes } }),
      findings: [`${at} has limits.memoryBytes: ${memoryBytes}, which no value reaches. Write that of the manifests.`],
    })),
    { name: "no job", ...running({ job: "" }), findings: [`${at} has no job: its series are asked for by one.`] },
    {
      name: "no Deployment",
      ...running({ deployments: [] }),
      findings: [`${at} has no Deployment: nothing would be watched.`],
    },
  ],
});
