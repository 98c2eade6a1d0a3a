import type { Expectation } from "../model/expectation";
import type { Service } from "../model/service";
import { change, firstOf, happens, of, remove, replace, restart, seenLabels, stop, unreachable, withOldCounts } from "./changes";
import { flowKey, idle } from "./flow";
import { isRunning } from "./world";
import type { RunningService } from "./instance";
import { views, type Situation, type View } from "./situation";
import type { StandardId } from "./standard-id";
import { goodDay, type World } from "./world";

/** A situation that every service gets from its workload and its good day. */
interface Standard {
  readonly title: string;
  readonly lastsSeconds: number;
  readonly views: readonly View[];
  readonly world: (world: World, service: RunningService, view: View) => World;
  readonly expect: Expectation | ((service: RunningService) => Expectation);
}

const nothing: Expectation = { type: "nothing" };
const minute = 60;

/** One of several replicas is gone, or the only one. */
function lost(service: RunningService): Expectation {
  const replicas = service.workload.deployments.reduce((sum, each) => sum + each.replicas, 0);
  return replicas > 1 ? { type: "warning", within: "15m" } : { type: "page", within: "2m" };
}

const standard: Readonly<Record<StandardId, Standard>> = {
  "good-day": {
    title: "all is well",
    lastsSeconds: 10 * minute,
    views: views(15, 30, 60),
    world: (world) => world,
    expect: nothing,
  },
  "quiet-night": {
    title: "hardly anybody is there",
    lastsSeconds: 20 * minute,
    views: views(15),
    world: (world) =>
      change(
        world,
        () => true,
        (instance) => ({
          ...instance,
          flows: instance.flows.map((flow) =>
            flow.isTraffic ? { ...flow, phases: flow.phases.map((phase) => ({ ...phase, value: phase.value / 100 })) } : flow,
          ),
        }),
      ),
    expect: nothing,
  },
  "one-failed-scrape": {
    title: "one scrape of an instance fails; everything that can be counted was counted hours ago",
    lastsSeconds: 12 * minute,
    views: views(15, 30, 60),
    world: (world, service, { scrapeSeconds }) =>
      unreachable(withOldCounts(world, of(service)), firstOf(service), { from: 0, until: scrapeSeconds }),
    expect: nothing,
  },
  "outage-40s": {
    title: "no scrape of any instance succeeds for 40 s; everything that can be counted was counted hours ago",
    lastsSeconds: 12 * minute,
    views: views(15),
    world: (world, service) => unreachable(withOldCounts(world, of(service)), firstOf(service), { from: 0, until: 40 }),
    expect: nothing,
  },
  "outage-2m": {
    title: "no scrape of an instance succeeds for 2 minutes; everything that can be counted was counted hours ago",
    lastsSeconds: 12 * minute,
    views: views(15),
    world: (world, service) => unreachable(withOldCounts(world, of(service)), firstOf(service), { from: 0, until: 120 }),
    expect: nothing,
  },
  "samples-missing": {
    title: "Prometheus stores nothing for 3 minutes; everything that can be counted was counted hours ago",
    lastsSeconds: 12 * minute,
    views: views(15),
    world: (world, service) => ({ ...withOldCounts(world, of(service)), missing: [{ from: 0, until: 180 }] }),
    expect: nothing,
  },
  "rolling-update": {
    title: "every pod is replaced, one after the other: the new one is ready before the old one goes",
    lastsSeconds: 15 * minute,
    views: views(15, 30, 60),
    world: (world, service) =>
      replace(withOldCounts(world, of(service)), of(service), (place) => {
        const at = place * 90;
        return { at, oldUntil: at + 60, readyAfter: 30 };
      }),
    expect: nothing,
  },
  "one-crash": {
    title: "the container of an instance crashes once and runs again at once",
    lastsSeconds: 15 * minute,
    views: views(15),
    world: (world, service) => restart(withOldCounts(world, of(service)), firstOf(service), [{ at: 0, pause: 3 }]),
    expect: nothing,
  },
  "crash-loop": {
    title: "the container of an instance crashes again and again, after 20 s each time",
    lastsSeconds: 20 * minute,
    views: views(15),
    world: (world, service) => {
      const pauses = [3, 10, 20, 40, 80, 160, 300, 300, 300];
      const lives = pauses.reduce<readonly { at: number; pause: number; lasts: number }[]>((all, pause) => {
        const last = all.at(-1);
        return [...all, { at: last ? last.at + last.pause + last.lasts : 0, pause, lasts: 20 }];
      }, []);
      return restart(world, firstOf(service), lives);
    },
    expect: (service) => ({ ...lost(service), type: "warning", within: "10m" }),
  },
  "every-second-scrape": {
    title: "an instance answers every second scrape",
    lastsSeconds: 30 * minute,
    views: views(15),
    world: (world, service, { scrapeSeconds }) =>
      unreachable(
        world,
        firstOf(service),
        ...Array.from({ length: 200 }, (_, number) => ({
          from: number * 2 * scrapeSeconds,
          until: (number * 2 + 1) * scrapeSeconds,
        })),
      ),
    expect: { type: "warning", within: "20m" },
  },
  "one-not-scraped": {
    title: "an instance does not answer any more",
    lastsSeconds: 20 * minute,
    views: views(15),
    world: (world, service) => stop(world, firstOf(service), 0),
    expect: lost,
  },
  "one-gone": {
    title: "an instance has no pod any more, and so no target",
    lastsSeconds: 25 * minute,
    views: views(15),
    world: (world, service) => remove(world, firstOf(service), 0),
    expect: lost,
  },
  "all-not-scraped": {
    title: "no instance answers any more",
    lastsSeconds: 15 * minute,
    views: views(15),
    world: (world, service) => stop(world, of(service), 0),
    expect: { type: "page", within: "2m" },
  },
  "all-gone": {
    title: "no instance has a pod any more, and so none a target",
    lastsSeconds: 15 * minute,
    views: views(15),
    world: (world, service) => remove(world, of(service), 0),
    expect: { type: "page", within: "2m" },
  },
  "kube-state-metrics-gone": {
    title: "kube-state-metrics cannot be scraped",
    lastsSeconds: 20 * minute,
    views: views(15),
    world: (world) => ({ ...world, kubeStateMetricsDown: [{ from: 0, until: Infinity }] }),
    expect: { type: "warning", within: "15m", everywhere: true },
  },
  "metric-gone": {
    title: "a release exports none of the metrics that alerts read",
    lastsSeconds: 40 * minute,
    views: views(30),
    world: (world, service) =>
      replace(world, of(service), (place) => ({ at: place * 90, oldUntil: place * 90 + 60, readyAfter: 30, flows: () => [] })),
    expect: { type: "warning", within: "30m" },
  },
  "scraped-by-two-jobs": {
    title: "every target is scraped by two jobs",
    lastsSeconds: 10 * minute,
    views: views(15),
    world: (world) => ({ ...world, copies: "by two jobs" }),
    expect: nothing,
  },
  "stored-by-two-servers": {
    title: "every series is there twice, from two Prometheus servers",
    lastsSeconds: 10 * minute,
    views: views(15),
    world: (world) => ({ ...world, copies: "by two servers" }),
    expect: nothing,
  },
  "second-installation": {
    title: "the system is installed in another namespace too",
    lastsSeconds: 10 * minute,
    views: views(15),
    world: (world, service) => {
      const { workload } = service;
      const twin = { ...service, workload: { ...workload, namespace: `${workload.namespace}-two` } };
      const other = goodDay([twin]);
      return {
        ...world,
        instances: [...world.instances, ...other.instances.map((each) => ({ ...each, ip: each.ip.replace("10.0", "10.2") }))],
        deployments: [...world.deployments, ...other.deployments],
      };
    },
    expect: nothing,
  },
  "first-error": {
    title: "every counter that a good day does not count is born, with 1",
    lastsSeconds: 12 * minute,
    views: views(15, 60),
    world: (world, service) =>
      Object.values(service.metrics)
        .filter(({ type }) => type === "counter")
        .reduce((now, metric) => {
          const instance = world.instances.find((each) => each.service === service);
          if (!instance) return now;
          const known = new Set(instance.flows.map(flowKey));
          const unborn = idle(metric, seenLabels(metric, instance)).filter((flow) => !known.has(flowKey(flow)));
          return unborn.reduce((next, { labels }) => happens(next, firstOf(service), { at: 7, metric, labels }), now);
        }, world),
    expect: nothing,
  },
};

/** The standard situations of a service, in a system with others that have a good day. */
export function standardSituations(service: Service, services: readonly Service[]): readonly Situation[] {
  if (!isRunning(service)) return [];
  const all = Object.entries(standard);
  return all.map(([id, { title, world, expect, lastsSeconds, views: seen }]) => ({
    id: `${service.id}/${id}`,
    title,
    service: service.id,
    historySeconds: 10 * minute,
    lastsSeconds,
    views: seen,
    world: (view) => world(goodDay(services), service, view),
    expect: service.situations?.[id]?.expect ?? (typeof expect === "function" ? expect(service) : expect),
  }));
}
