import type { Workload } from "../workload";

/** The Deployment gc-service, two replicas. */
export const workload: Workload = {
  name: "GC",
  job: "gc-service",
  namespace: "dark-tower",
  pods: /gc-service-.+/,
  examplePod: "gc-service-5b7c9d8f6-k8s2v",
};
