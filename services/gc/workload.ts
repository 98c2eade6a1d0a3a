import { examplePod, type Workload } from "../../core/model";

/** The Deployment gc-service, two replicas. */
export const workload: Workload = {
  name: "GC",
  namespace: "dark-tower",
  deployments: [{ name: "gc-service", replicas: 2 }],
  job: "gc-service",
  port: 8080,
  withoutShell: true,
  scrape: { by: "plain", podLabels: { app: "gc-service" } },
  limits: { cpuCores: 0.5, memoryBytes: 512 * 1024 ** 2 },
};

/** What a scrape adds to the series of one of its pods, in examples. */
export const target = { job: workload.job, instance: `${examplePod(workload)}:http` };
