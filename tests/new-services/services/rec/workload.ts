import type { Workload } from "../../core/model";

/** How Prometheus and Kubernetes name it. */
export const workload: Workload = {
  name: "REC",
  namespace: "dark-tower",
  deployments: [{ name: "rec-service", replicas: 2 }],
  job: "rec-service",
  port: 8090,
  limits: { cpuCores: 2, memoryBytes: 2 * 1024 ** 3 },
};
