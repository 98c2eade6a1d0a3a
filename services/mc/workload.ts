import type { Workload } from "../workload";

/** The Deployments mc-0 and mc-1, one replica each. */
export const workload: Workload = {
  name: "MC",
  job: "mc-service",
  namespace: "dark-tower",
  pods: /mc-[0-9]+-.+/,
  examplePod: "mc-0-7d9f8b6c5-x2x4z",
};

/** A draining MC that holds fewer meetings may be stopped: the operations team's number. */
export const drainedBelow = 10;
