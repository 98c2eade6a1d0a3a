import type { Workload } from "../../core/model";

/** How Prometheus and Kubernetes name it. */
export const workload: Workload = {
  name: "MH",
  namespace: "dark-tower",
  deployments: [{ name: "mh-service", replicas: 2 }],
  job: "mh-service",
  port: 8082,
  limits: { cpuCores: 4, memoryBytes: 2 * 1024 ** 3 },
};
