import { pods } from "./live-series";
import { draining, type Told } from "./gate-situation";

const { mc0, mc1 } = pods;
const no = "does not hold";
const untold = "cannot tell";
const old = { ...mc0, name: "mc-0-6b5f7c8d9-z9y8x", address: "10.0.3.9" };
const young = { ...mc0, age: 60 };

/** What is asked once a controller of the MC was deployed. */
export const after: readonly Told[] = [
  { name: "after passes when the MC is back", closed: {}, code: 0 },
  {
    name: "after refuses a stale heartbeat",
    series: { mc: [{ ...mc0, isBeating: false }, mc1] },
    controllers: { "mc-0": { heartbeat: "stale" }, "mc-1": {} },
    closed: { heartbeats: no, registered: no },
    code: 1,
  },
  {
    name: "after refuses a pod that is not ready",
    series: { mc: [{ ...mc0, isReady: false }, mc1] },
    closed: { ready: no },
    code: 1,
  },
  {
    name: "after refuses a controller that is still draining",
    controllers: draining,
    closed: { registered: no },
    code: 1,
  },
  {
    name: "after passes beside the object of an evicted pod",
    series: { mc: [{ ...old, phase: "Failed", isScraped: false }, young, mc1] },
    closed: {},
    code: 0,
  },
  {
    name: "after passes beside a younger evicted pod of a version that was taken back",
    series: { mc: [{ ...old, phase: "Failed", isScraped: false, age: 60 }, mc0, mc1] },
    closed: {},
    code: 0,
  },
  {
    name: "after does not let the old pod pass for a new one that is not ready and silent",
    series: { mc: [old, { ...young, isReady: false, isBeating: false }, mc1] },
    closed: { ready: no, heartbeats: no },
    code: 1,
  },
  {
    name: "after does not let the old pod pass for a new one that has no address yet",
    series: { mc: [old, { ...young, address: "", phase: "Pending", isScraped: false }, mc1] },
    closed: { ready: no, heartbeats: untold },
    code: 1,
  },
  {
    name: "after passes while two kube-state-metrics are scraped",
    series: { kubeStateMetrics: 2, mc: [young, mc1] },
    closed: {},
    code: 0,
  },
];
