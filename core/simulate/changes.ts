import type { GoodDay, LabelChoice, Usual } from "../model/good-day";
import type { Metric } from "../model/metric";
import { flowKey, flowsOf, idle, type Flow } from "./flow";
import type { Instance } from "./instance";
import type { Span } from "./target";
import { podName, type World } from "./world";

/** Which instances something happens to. */
export type Which = (instance: Instance, index: number, all: readonly Instance[]) => boolean;

/** All instances of a service, or those of one Deployment. */
export function of(service: { readonly id: string }, deployment?: string): Which {
  return (instance) => instance.service.id === service.id && (deployment === undefined || instance.deployment === deployment);
}

/** Only the first instance of those. */
export function firstOf(service: { readonly id: string }): Which {
  return (instance, _, all) => instance === all.find((each) => each.service.id === service.id);
}

/** The world in which some instances are otherwise. */
export function change(world: World, which: Which, changed: (instance: Instance) => Instance | readonly Instance[]): World {
  const { instances } = world;
  return { ...world, instances: instances.flatMap((each, index) => (which(each, index, instances) ? changed(each) : [each])) };
}

/** Prometheus gets no answer, though the instance runs. */
export function unreachable(world: World, which: Which, ...spans: readonly Span[]): World {
  return change(world, which, (instance) => ({ ...instance, unreachable: [...instance.unreachable, ...spans] }));
}

/** The container ends; after each pause it runs again, for so long; for ever when `for` is left out. */
export function restart(
  world: World,
  which: Which,
  lives: readonly { readonly at: number; readonly pause: number; readonly lasts?: number }[],
): World {
  return change(world, which, (instance) => {
    const first = lives[0]?.at ?? 0;
    const old = instance.runs.map((run) => ({ ...run, until: Math.min(run.until, first) }));
    const next = lives.map(({ at, pause, lasts = Infinity }) => ({ from: at + pause, until: at + pause + lasts }));
    return { ...instance, runs: [...old, ...next] };
  });
}

/** The container ends and does not come back. The pod, and so the target, stays. */
export function stop(world: World, which: Which, at: number): World {
  return change(world, which, (instance) => ({ ...instance, runs: instance.runs.map((run) => ({ ...run, until: at })) }));
}

/** The pod is gone, and so is the target. */
export function remove(world: World, which: Which, at: number): World {
  return change(world, which, (instance) => ended(instance, at));
}

/** How a pod follows another. */
export interface Replacement {
  /** When the new pod is there. */
  readonly at: number;
  /** When the old one is gone. */
  readonly oldUntil: number;
  readonly readyAfter?: number;
  /** What the new pod exports, when it is not what the old one did. */
  readonly flows?: (flows: readonly Flow[]) => readonly Flow[];
}

/** Another pod takes the place of each: a new name, a new address, and every count begins anew. */
export function replace(world: World, which: Which, replacement: (place: number) => Replacement): World {
  let place = 0;
  return change(world, which, (instance) => {
    const { at, oldUntil, readyAfter = instance.readyAfter, flows } = replacement(place++);
    const [a = "10", b = "0", c = "3", d = "7"] = instance.ip.split(".");
    const next: Instance = {
      ...instance,
      pod: podName(instance.deployment, Number(d) + 40),
      ip: [a, b, c, Number(d) + 100].join("."),
      life: { from: at, until: Infinity },
      runs: [{ from: at, until: Infinity }],
      readyAfter,
      restartsBefore: 0,
      flows: (flows?.(instance.flows) ?? instance.flows).map((flow) => ({ ...flow, before: 0 })),
    };
    return [ended(instance, oldUntil), next];
  });
}

/** From a second on, instances do something else with these series, or something new. */
export function becomes(world: World, which: Which, at: number, usual: readonly Usual[]): World {
  return change(world, which, (instance) => ({ ...instance, flows: merge(instance.flows, at, usual) }));
}

/** Something is counted so often at one moment. */
export function happens(
  world: World,
  which: Which,
  event: { readonly at: number; readonly metric: Metric; readonly labels: LabelChoice; readonly times?: number },
): World {
  const { at, metric, labels, times = 1 } = event;
  return change(world, which, (instance) => {
    const bursts = idle(metric, labels).map((flow) => {
      const known = instance.flows.find((each) => flowKey(each) === flowKey(flow));
      const usual = known?.phases.findLast(({ from }) => from < at) ?? { from: -Infinity, value: 0 };
      const burst = { ...usual, from: at - 1, value: usual.value + times };
      return { ...flow, phases: [burst, { ...usual, from: at }] };
    });
    return { ...instance, flows: append(instance.flows, bursts) };
  });
}

/** Every counter and histogram of the instances has old counts: all that can be counted happened hours ago. */
export function withOldCounts(world: World, which: Which, times = 3): World {
  return change(world, which, (instance) => {
    const counters = Object.values(instance.service.metrics).filter(({ type }) => type !== "gauge");
    const known = new Set(instance.flows.map(flowKey));
    const added = counters
      .flatMap((metric) => idle(metric, seenLabels(metric, instance)))
      .filter((flow) => !known.has(flowKey(flow)));
    return { ...instance, flows: [...instance.flows, ...added].map((flow) => ({ ...flow, before: flow.before + times })) };
  });
}

/** A label whose values are not listed takes those that a good day names. */
export function seenLabels(metric: Metric, { flows }: Instance): LabelChoice {
  const open = Object.entries(metric.labels).filter(([, values]) => "atMost" in values);
  return Object.fromEntries(
    open.map(([label]) => {
      const seen = flows.filter((flow) => flow.metric === metric).map(({ labels }) => labels[label] ?? "example");
      return [label, seen.length > 0 ? [...new Set(seen)] : "example"];
    }),
  );
}

function ended(instance: Instance, at: number): Instance {
  return {
    ...instance,
    life: { ...instance.life, until: Math.min(instance.life.until, at) },
    runs: instance.runs.map((run) => ({ ...run, until: Math.min(run.until, at) })),
  };
}

function merge(flows: readonly Flow[], at: number, usual: readonly Usual[]): readonly Flow[] {
  const day: GoodDay = { traffic: usual, background: [] };
  return append(
    flows,
    flowsOf({}, day).map((flow) => ({ ...flow, phases: flow.phases.map((phase) => ({ ...phase, from: at })) })),
  );
}

/** The flows, each followed by the phases of the same flow among the later ones. */
function append(flows: readonly Flow[], later: readonly Flow[]): readonly Flow[] {
  const found = new Map(later.map((flow) => [flowKey(flow), flow]));
  const known = new Set(flows.map(flowKey));
  return [
    ...flows.map((flow) => {
      const next = found.get(flowKey(flow));
      const from = next?.phases[0]?.from ?? Infinity;
      return next ? { ...flow, phases: [...flow.phases.filter((phase) => phase.from < from), ...next.phases] } : flow;
    }),
    ...later.filter((flow) => !known.has(flowKey(flow))),
  ];
}
