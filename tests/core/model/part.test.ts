import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import {
  actorPart,
  dashboard,
  gauge,
  heartbeatPart,
  maxBy,
  panel,
  service,
  upstream,
  workloadPart,
  type Workload,
} from "../../../core/model";

const workload: Workload = {
  name: "MH",
  namespace: "dark-tower",
  deployments: [{ name: "mh-service", replicas: 2 }],
  job: "mh-service",
  port: 8082,
  limits: { cpuCores: 1, memoryBytes: 1024 ** 3 },
};
const runbook = { path: "mh/incident-response.md", slug: "scenario-1-all", title: "Scenario 1: All" };
const told = { severity: "page", impact: "x", runbook } as const;
const streams = gauge("mh_streams_active", { unit: "streams", help: "Streams." });
const own = panel("streams", { title: "Streams", of: maxBy(streams, []) });
const mh = service("mh", {
  title: "Media Handler",
  workload,
  metrics: { streams },
  dashboards: [dashboard("mh-overview", { title: "MH", description: "MH.", rows: { Media: [own] } })],
  parts: {
    workload: workloadPart(workload, {
      down: runbook,
      allDownImpact: "x",
      oneDown: { impact: "x" },
      restarting: { impact: "x", runbook },
      resources: runbook,
    }),
    actors: actorPart("mh", workload, {
      types: ["StreamActor"],
      mailboxes: { runbook, warning: { above: 100, impact: "x" }, page: { above: 500, impact: "x" } },
      panics: told,
      drops: { ...told, above: 0.1 },
    }),
    registration: heartbeatPart("mh", workload, {
      to: "MC",
      everySeconds: 10,
      lostAfterSeconds: 30,
      runbook,
      stopped: told,
      errors: { ...told, above: 0.1 },
      slow: { ...told, above: 0.2 },
    }),
  },
  goodDay: { traffic: [] },
});

describe("the parts of a service", () => {
  it("put their rows around its own: health first, what it uses last", () => {
    const titles = mh.dashboards[0]?.rows.map(({ title }) => title);
    assert.deepEqual(titles, ["Health", "Media", "Actors", "MC registration", "Resources"]);
  });

  it("bring their metrics, alerts and good day", () => {
    assert.deepEqual(
      Object.values(mh.metrics).map(({ name }) => name),
      [
        "mh_streams_active",
        "mh_actor_mailbox_depth",
        "mh_actor_panics_total",
        "mh_messages_dropped_total",
        "mh_mc_heartbeat_total",
        "mh_mc_heartbeat_latency_seconds",
      ],
    );
    assert.equal(mh.alerts.length, 17);
    const severityOf = (name: string) => mh.alerts.find((each) => each.name === name)?.severity;
    assert.deepEqual(["MHInstanceDown", "MHRestarting", "MHHeartbeatsStopped"].map(severityOf), ["warning", "warning", "page"]);
    assert.deepEqual(
      mh.goodDay?.background.map(({ type, metric }) => [type, metric.name]),
      [
        ["rate", "mh_mc_heartbeat_total"],
        ["latency", "mh_mc_heartbeat_latency_seconds"],
      ],
    );
  });

  it("say what they are about by the names of this service, without kinds of heartbeats where there are none", () => {
    const slow = mh.alerts.find(({ name }) => name === "MHSlowHeartbeats");
    assert.match(String(slow?.summary), /^Heartbeats take /);
    const { description } = mh.alerts.find(({ name }) => name === "MHHeartbeatsStopped")?.panel ?? {};
    assert.match(String(description), /An MH sends 0\.1\/s; the MC takes it for lost after 30 s without\.$/);
  });

  it("leave a service as it is that has none", () => {
    const { dashboards, alerts, metrics } = service("mh", { title: "MH" });
    assert.deepEqual([dashboards, alerts, metrics], [[], [], {}]);
  });
});

describe("an upstream of this program", () => {
  it("is seen by whether it is up, and walked by a step of its name", () => {
    const { step, seenBy } = upstream(workload, "x");
    assert.deepEqual([step, seenBy?.map(({ id }) => id)], ["Check MH health", ["mh-up"]]);
  });
});
