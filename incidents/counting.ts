import { alerts as mcAlerts } from "../services/mc/alerts";
import { metrics } from "../services/mc/metrics";
import { change, firstOf, happens, replace, restart, unreachable, type Which } from "../core/simulate/changes";
import { gc } from "../services/gc";
import { views, type Situation } from "../core/simulate/situation";
import type { World } from "../core/simulate/world";
import { incident, mc0, minute } from "./system";

const panic = mcAlerts.actorPanic.name;
const labels = { actor_type: "MeetingActor" };

/** Hours ago. */
const longAgo = -7000;

function panics(world: World, which: Which, at: number, times = 1): World {
  return happens(world, which, { at, metric: metrics.actorPanics, labels, times });
}

/** What counters and restarts make alerts believe. */
export const counting: readonly Situation[] = [
  incident({
    id: "counting/good-day",
    title: "all is well, at every interval and with either labels",
    lastsSeconds: 10 * minute,
    views: views(15, 30, 60),
    world: (world) => world,
    expect: { type: "nothing" },
  }),
  incident({
    id: "counting/failed-scrape-after-panics",
    title: "one scrape fails of an MC that panicked three times hours ago",
    lastsSeconds: 12 * minute,
    views: views(15, 30, 60),
    world: (world, scrapeSeconds) => unreachable(panics(world, mc0, longAgo, 3), mc0, { from: 0, until: scrapeSeconds }),
    expect: { type: "nothing" },
  }),
  incident({
    id: "counting/outage-after-panics-and-fencing",
    title: "for 2 minutes no scrape of an MC succeeds that panicked and was fenced out hours ago",
    lastsSeconds: 12 * minute,
    world: (world) => {
      const fenced = happens(world, mc0, { at: longAgo, metric: metrics.fencedOut, labels: {}, times: 2 });
      return unreachable(panics(fenced, mc0, longAgo, 3), mc0, { from: 0, until: 120 });
    },
    expect: { type: "nothing", butMay: [mcAlerts.instanceDown.name] },
  }),
  incident({
    id: "counting/blip-to-one-node",
    title: "for 40 s Prometheus does not reach one node, on which an MC with old panics and a GC run",
    lastsSeconds: 12 * minute,
    world: (world) =>
      unreachable(panics(world, mc0, longAgo, 3), (each, index, all) => mc0(each, index, all) || firstOf(gc)(each, index, all), {
        from: 0,
        until: 40,
      }),
    expect: { type: "nothing" },
  }),
  incident({
    id: "counting/prometheus-begins-anew",
    title: "Prometheus begins without any data; an MC panicked three times hours ago",
    historySeconds: 0,
    lastsSeconds: 12 * minute,
    world: (world) => panics(world, mc0, longAgo, 3),
    expect: { type: "nothing" },
  }),
  incident({
    id: "counting/answers-again-after-an-hour",
    title: "an MC that panicked three times hours ago was not reached for 70 minutes, and answers again",
    historySeconds: 75 * minute,
    lastsSeconds: 12 * minute,
    everySeconds: 30,
    world: (world) => unreachable(panics(world, mc0, longAgo, 3), mc0, { from: -70 * minute, until: 0 }),
    expect: {
      type: "nothing",
      butMay: [mcAlerts.instanceDown.name, mcAlerts.instanceFlapping.name, mcAlerts.readyNotRegistered.name],
    },
  }),
  incident({
    id: "counting/new-pod-panics",
    title: "a new pod panics 40 s after its first scrape: the counter is born then",
    lastsSeconds: 10 * minute,
    world: (world) => {
      const replaced = replace(world, mc0, () => ({ at: -55, oldUntil: -100, readyAfter: 10 }));
      return panics(replaced, mc0, 0);
    },
    expect: { type: "told", pages: [{ anyOf: [panic], within: "1m" }], warnings: [], overBy: "10m" },
  }),
  incident({
    id: "counting/new-pod-panics-unseen",
    title: "a new pod panics before its first scrape: the counter is 1 when it is first seen",
    lastsSeconds: 10 * minute,
    world: (world) => {
      const replaced = replace(world, mc0, () => ({ at: 0, oldUntil: -45, readyAfter: 10 }));
      return panics(replaced, (each) => each.life.from === 0, 1);
    },
    expect: { type: "told", pages: [{ anyOf: [panic], within: "1m" }], warnings: [], overBy: "10m" },
  }),
  incident({
    id: "counting/every-life-panics",
    title: "a bad release: the container restarts every minute, and panics in each life",
    lastsSeconds: 15 * minute,
    world: (world) => {
      const replaced = replace(world, mc0, () => ({ at: -30, oldUntil: -75, readyAfter: 10 }));
      const lives = Array.from({ length: 20 }, (_, life) => ({ at: 30 + life * 60, pause: 5, lasts: 55 }));
      const looping = restart(replaced, (each) => each.life.from === -30, lives);
      return Array.from({ length: 20 }, (_, life) => life * 60).reduce((now, at) => panics(now, mc0, at), looping);
    },
    expect: {
      type: "told",
      pages: [
        { anyOf: [panic], within: "1m" },
        { anyOf: [mcAlerts.restarting.name], within: "10m" },
      ],
      warnings: [],
      butMay: [mcAlerts.liveNotReady.name, mcAlerts.readyNotRegistered.name, mcAlerts.instanceDown.name],
    },
  }),
  incident({
    id: "counting/panic-after-restart",
    title: "a container with three old panics restarts in place, and panics a minute later",
    lastsSeconds: 15 * minute,
    world: (world) => panics(restart(panics(world, mc0, longAgo, 3), mc0, [{ at: 0, pause: 30 }]), mc0, 90),
    expect: {
      type: "told",
      pages: [
        { anyOf: [mcAlerts.restarting.name], within: "2m" },
        { anyOf: [panic], within: "150s", notBefore: "90s" },
      ],
      warnings: [],
    },
  }),
  incident({
    id: "counting/restart",
    title: "a container with old panics restarts in place",
    lastsSeconds: 12 * minute,
    world: (world) => restart(panics(world, mc0, longAgo, 3), mc0, [{ at: 0, pause: 10 }]),
    expect: { type: "told", pages: [{ anyOf: [mcAlerts.restarting.name], within: "2m" }], warnings: [] },
  }),
  incident({
    id: "counting/one-panic",
    title: "one panic, and nothing else",
    lastsSeconds: 15 * minute,
    world: (world) => panics(world, mc0, 0),
    expect: { type: "told", pages: [{ anyOf: [panic], within: "1m" }], warnings: [], overBy: "10m" },
  }),
  incident({
    id: "counting/two-restarts-in-an-hour",
    title: "a GC that was restarted five times long ago is restarted twice within an hour: more than twice would be told",
    lastsSeconds: 75 * minute,
    everySeconds: 30,
    world: (world) => {
      const old = change(world, firstOf(gc), (instance) => ({ ...instance, restartsBefore: 5 }));
      return restart(old, firstOf(gc), [
        { at: 7, pause: 3, lasts: 1300 },
        { at: 1310, pause: 3 },
      ]);
    },
    expect: { type: "nothing" },
  }),
];
