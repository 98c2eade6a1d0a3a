import { after } from "./gate-situations-after";
import { draining, type GateSituation, type Told } from "./gate-situation";
import { gcGateSituations } from "./gc-gate-situations";
import { pods, type Situation } from "./live-series";

const { mc0, mc1, gcA, gcB } = pods;
const few: Situation = { mc: [{ ...mc0, meetings: 9 }, mc1] };
const no = "does not hold";
const untold = "cannot tell";

const before: readonly Told[] = [
  { name: "before passes when the GC and another MC are well", closed: {}, code: 0 },
  {
    name: "before refuses one MC only",
    series: { mc: [mc0] },
    controllers: { "mc-0": {} },
    closed: { "others-registered": no, "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC that sends no heartbeats, though this one does",
    series: { mc: [mc0, { ...mc1, isBeating: false }] },
    controllers: { "mc-0": {}, "mc-1": { heartbeat: "stale" } },
    closed: { "others-registered": no, "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC that has vanished two minutes ago",
    series: { mc: [mc0, { ...mc1, isListed: false }] },
    closed: { "others-registered": no },
    code: 1,
  },
  {
    name: "before does not take mc-0-canary and mc-01 for mc-0, nor mc-10 for another MC",
    series: {
      mc: [
        mc0,
        { ...mc1, isBeating: false },
        { name: "mc-0-canary-7d9f8b6c5-a1b2c", address: "10.0.4.1" },
        { name: "mc-10-7d9f8b6c5-a1b2c", address: "10.0.4.2" },
      ],
    },
    closed: { "others-registered": no },
    code: 1,
  },
  {
    name: "before cannot tell when it does not see the MC itself",
    series: { mc: [{ ...mc0, isScraped: false }, mc1] },
    closed: { "others-registered": untold, "mailboxes-shallow": untold },
    code: 2,
  },
  {
    name: "before passes with as many places as meetings that will move",
    controllers: { "mc-0": { meetings: 30 }, "mc-1": { meetings: 70 } },
    closed: {},
    code: 0,
  },
  {
    name: "before adds up the places of several others",
    controllers: { "mc-0": { meetings: 30 }, "mc-1": { meetings: 80 }, "mc-2": { meetings: 90 } },
    closed: {},
    code: 0,
  },
  {
    name: "before refuses a place less than meetings that will move",
    controllers: { "mc-0": { meetings: 31 }, "mc-1": { meetings: 70 } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses others without places for the participants that will move",
    controllers: { "mc-0": { participants: 501 }, "mc-1": { participants: 500 } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC that is full, though nothing would move",
    controllers: { "mc-0": { meetings: 0, participants: 0 }, "mc-1": { meetings: 100 } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before does not count the places for meetings of an MC without places for participants",
    controllers: { "mc-0": { meetings: 30 }, "mc-1": { meetings: 71 }, "mc-2": { meetings: 0, participants: 1000 } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC of a different region",
    controllers: { "mc-0": {}, "mc-1": { region: "us" } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before refuses another MC that is draining itself",
    controllers: { "mc-0": {}, "mc-1": { status: "draining" } },
    closed: { "others-have-room": no },
    code: 1,
  },
  {
    name: "before cannot tell of an MC that the database does not have",
    controllers: { "mc-1": {} },
    closed: { "others-have-room": untold },
    code: 2,
  },
  {
    name: "before refuses a GC without a ready pod",
    series: {
      gc: [
        { ...gcA, isReady: false },
        { ...gcB, isReady: false },
      ],
    },
    closed: { "gc-ready": no },
    code: 1,
  },
  {
    name: "before refuses a backlog in a mailbox",
    series: { mc: [mc0, { ...mc1, mailboxDepth: 100 }] },
    closed: { "mailboxes-shallow": no },
    code: 1,
  },
  {
    name: "before refuses an MC near its CPU limit",
    series: { mc: [mc0, { ...mc1, cpu: 0.85 }] },
    closed: { "cpu-to-spare": no },
    code: 1,
  },
];

const drain: readonly Told[] = [
  { name: "drain passes with 9 meetings", series: few, controllers: draining, closed: {}, code: 0 },
  {
    name: "drain refuses 10 meetings",
    series: {
      mc: [
        { ...mc0, meetings: 10 },
        { ...mc1, meetings: 0 },
      ],
    },
    controllers: draining,
    closed: { "nearly-empty": no },
    code: 1,
  },
  {
    name: "drain refuses a draining controller that still gets assignments",
    series: few,
    controllers: draining,
    newAssignments: { "mc-0": 1, "mc-1": 5 },
    closed: { "no-new-assignments": no },
    code: 1,
  },
  {
    name: "drain passes while the other MC gets the assignments",
    series: few,
    controllers: draining,
    newAssignments: { "mc-1": 5 },
    closed: {},
    code: 0,
  },
  {
    name: "drain refuses a controller that is not marked while the other one is",
    series: few,
    controllers: { "mc-0": {}, "mc-1": { status: "draining" } },
    closed: { marked: no },
    code: 1,
  },
  {
    name: "drain cannot tell without the controller's meetings, and counts no other's",
    series: {
      mc: [
        { ...mc0, isScraped: false },
        { ...mc1, meetings: 1 },
      ],
    },
    controllers: draining,
    closed: { "nearly-empty": untold },
    code: 2,
  },
  {
    name: "drain does not take an evicted pod's old address, which is another MC's now, for this one's",
    series: {
      mc: [
        { name: "mc-0-6b5f7c8d9-z9y8x", address: mc1.address, phase: "Failed", isScraped: false },
        { ...mc0, meetings: 9 },
        mc1,
      ],
    },
    controllers: draining,
    closed: {},
    code: 0,
  },
];

/** Each way in which a gate can be closed, and the passing case of each phase. */
export const gateSituations: readonly GateSituation[] = [
  ...before.map((situation): GateSituation => ({ ...situation, service: "mc", phase: "before" })),
  ...drain.map((situation): GateSituation => ({ ...situation, service: "mc", phase: "drain" })),
  ...after.map((situation): GateSituation => ({ ...situation, service: "mc", phase: "after" })),
  ...gcGateSituations,
];
