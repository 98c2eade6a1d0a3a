import type { Service } from "../model/service";
import { flowsOf } from "./flow";
import type { Instance, RunningService } from "./instance";
import type { Span } from "./target";
import { usualDay } from "./usual-day";

/** Everything that Prometheus could see, over the time of a situation: before second 0 is its history. */
export interface World {
  readonly instances: readonly Instance[];
  readonly deployments: readonly WantedDeployment[];
  /** Pod objects that a node's shortage left behind: they run nothing and are never ready. */
  readonly evicted: readonly { readonly namespace: string; readonly pod: string; readonly life: Span }[];
  /** While kube-state-metrics cannot be scraped. */
  readonly kubeStateMetricsDown: readonly Span[];
  /** While Prometheus stores nothing at all. */
  readonly missing: readonly Span[];
  /** How often each target is scraped: twice where two jobs or two Prometheus servers do. */
  readonly copies: "once" | "by two jobs" | "by two servers";
  /** What an agent adds to every series. Nothing when left out. */
  readonly externalLabels?: Readonly<Record<string, string>>;
}

export interface WantedDeployment {
  readonly namespace: string;
  readonly name: string;
  readonly wanted: readonly { readonly from: number; readonly replicas: number }[];
}

const forever: Span = { from: -Infinity, until: Infinity };

const days = new WeakMap<readonly Service[], World>();

/** The services that something runs, on a good day. Made once: what nothing happens to is the same in every situation. */
export function goodDay(services: readonly Service[]): World {
  const known = days.get(services) ?? makeGoodDay(services);
  days.set(services, known);
  return known;
}

function makeGoodDay(services: readonly Service[]): World {
  const running = services.filter(isRunning);
  return {
    instances: running.flatMap((service, index) => replicasOf(service, index)),
    deployments: running.flatMap(({ workload: { namespace, deployments } }) =>
      deployments.map(({ name, replicas }) => ({ namespace, name, wanted: [{ from: -Infinity, replicas }] })),
    ),
    evicted: [],
    kubeStateMetricsDown: [],
    missing: [],
    copies: "once",
  };
}

export function isRunning(service: Service): service is RunningService {
  return service.workload !== undefined;
}

function replicasOf(service: RunningService, place: number): readonly Instance[] {
  const names = service.workload.deployments.flatMap(({ name, replicas }) => Array.from({ length: replicas }, () => name));
  return names.map((deployment, number) => ({
    service,
    deployment,
    pod: podName(deployment, number),
    ip: `10.0.${place + 3}.${number + 7}`,
    life: forever,
    runs: [forever],
    answersAfter: 2,
    readyAfter: 10,
    unreachable: [],
    notReady: [],
    restartsBefore: 0,
    uses: { memory: 0.4, cpu: 0.2 },
    hasLimits: true,
    flows: flowsOf(service.metrics, usualDay(service)),
  }));
}

const letters = "bcdfghjklmnpqrstvwxz2456789";

/** A name as Kubernetes gives it to the so-manieth pod of a Deployment. */
export function podName(deployment: string, number: number): string {
  const suffix = Array.from({ length: 5 }, (_, place) => letters[(number * 7 + place * 11 + deployment.length) % letters.length]);
  return `${deployment}-7d9f8b6c5-${suffix.join("")}`;
}
