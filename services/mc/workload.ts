import type { Workload } from "../../core/model";

/** The Deployments mc-0 and mc-1, one replica each. */
export const workload: Workload = {
  name: "MC",
  namespace: "dark-tower",
  deployments: ["mc-0", "mc-1"].map((name) => ({ name, replicas: 1 })),
  job: "mc-service",
  port: 8081,
  withoutShell: true,
  scrape: { by: "plain", podLabels: { app: "mc-service" } },
  limits: { cpuCores: 1, memoryBytes: 1024 ** 3 },
};

/** What a scrape adds to the series of one of its pods, in examples. */
export const target = { job: workload.job, instance: "mc-0:8081" };

/** How an MC stays in the GC's registry. */
export const registration = { to: "GC", everySeconds: 10, lostAfterSeconds: 30 };

/** A draining MC that holds fewer meetings may be stopped: the operations team's number. */
export const drainedBelow = 10;
