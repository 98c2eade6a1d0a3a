import { type Gate, promql, type Rollout, where } from "../../core/model";
import { belowThresholdOf, cpuGate } from "../../core/model/standard/load-gates";
import { mcsInService, registeredMcs } from "../mc/registry";
import { workload as mcWorkload } from "../mc/workload";
import { createdOf, fourScrapes, readyOf, type Pods } from "../../core/model/standard/pod-series";
import { alerts } from "./alerts";
import { panels } from "./dashboards";
import { databaseAlerts } from "./database-alerts";
import { metrics } from "./metrics";
import { rolloutPanels } from "./rollout-panels";
import { workload } from "./workload";

const pods: Pods = { workload, of: "$controller" };
const ready = readyOf(pods);
const replicas = workload.deployments.reduce((sum, deployment) => sum + deployment.replicas, 0);
const mcs = mcWorkload.deployments.length;
const queries = promql`sum(rate(${metrics.dbQueries}[${fourScrapes}]))`;

const mcsRegistered = (still: "" | "still "): Gate => ({
  type: "sql",
  id: "mcs-registered",
  title: `Every MC ${still}in service`,
  reason:
    "An MC that is not healthy, or was not heard of for 30 s, gets no meetings; afterwards you could not tell what the rollout broke.",
  sql: mcsInService,
  holds: { atLeast: mcs },
  seenAs: {
    title: `Every MC ${still}healthy in the registry`,
    description: "MCs that the GC's registry has as healthy. How old their heartbeats are, only the database tells.",
    query: registeredMcs("healthy"),
    holds: { atLeast: mcs },
  },
});

const before: readonly Gate[] = [
  {
    type: "promql",
    id: "replicas-ready",
    title: "Every replica ready",
    reason: "While one replica is replaced, the others carry every request.",
    query: promql`sum(${ready})`,
    holds: { atLeast: replicas },
  },
  {
    type: "sql",
    id: "database-writable",
    title: "The database takes writes",
    reason: "A replica that starts needs the registry, and every heartbeat is written there.",
    sql: "select case when pg_is_in_recovery() then 0 else 1 end",
    holds: { atLeast: 1 },
    seenAs: {
      title: "Database queries succeed",
      description: "Share of the GC's queries that failed.",
      query: promql`
        (sum(rate(${where(metrics.dbQueries, { status: "error" })}[${fourScrapes}])) or 0 * ${queries})
        / ${queries}`,
      holds: belowThresholdOf(databaseAlerts.databaseErrors),
    },
  },
  mcsRegistered(""),
  {
    type: "sql",
    id: "no-mc-drains",
    title: "No MC is draining",
    reason: "That would be a rollout of an MC: an MC that registers needs a GC that holds still.",
    sql: `select count(*)
  from meeting_controllers
 where health_status = 'draining'`,
    holds: { below: 1 },
    seenAs: {
      title: "No MC is marked draining",
      description: "MCs that the GC's registry has marked draining.",
      query: registeredMcs("draining"),
      holds: { below: 1 },
    },
  },
  cpuGate(panels.cpu.queries.container.query, alerts.highCpu, pods),
];

const after: readonly Gate[] = [
  {
    type: "promql",
    id: "ready",
    title: "No replica left unready",
    reason: "A rollout that is stuck keeps its old replicas ready beside a new one that is not.",
    // While one is not ready, none counts.
    query: promql`sum(${ready}) * min(${ready})`,
    holds: { atLeast: replicas },
  },
  mcsRegistered("still "),
];

/** How the GC is deployed: one replica after the other. There is nothing to drain, since it keeps nothing in its pods. */
export const rollout: Rollout = {
  controllers: workload.deployments.map(({ name }) => name),
  before,
  after,
  replaced: createdOf(pods),
  panels: Object.values(rolloutPanels),
};
