import type { Service } from "../model/service";
import type { Workload } from "../model/workload";
import { seriesOf } from "./exported-series";
import type { Flow } from "./flow";
import { isIn, type Span, type TargetSeries } from "./target";

/** A service that a workload runs. */
export type RunningService = Service & { readonly workload: Workload };

/** A pod of a workload over the time of a situation. What Prometheus and Kubernetes say of it both follow from this. */
export interface Instance {
  readonly service: RunningService;
  readonly deployment: string;
  readonly pod: string;
  readonly ip: string;
  /** While the pod exists. */
  readonly life: Span;
  /** The lives of its container, one after the other. */
  readonly runs: readonly Span[];
  /** So long after its start a container answers, and is ready. */
  readonly answersAfter: number;
  readonly readyAfter: number;
  /** While it runs but Prometheus gets no answer. */
  readonly unreachable: readonly Span[];
  /** While it runs but its readiness probe fails. */
  readonly notReady: readonly Span[];
  /** Restarts before the history. */
  readonly restartsBefore: number;
  /** Memory and CPU, as shares of the limits; a limit that is not set is not exported. */
  readonly uses: { readonly memory: number; readonly cpu: number };
  readonly hasLimits: boolean;
  readonly flows: readonly Flow[];
}

/** The life of the container that runs at a second. */
export function runAt({ runs }: Instance, second: number): Span | undefined {
  return runs.find(({ from, until }) => from <= second && second < until);
}

/** Whether Prometheus gets an answer. */
export function answers(instance: Instance, second: number): boolean {
  const run = runAt(instance, second);
  return run !== undefined && second >= run.from + instance.answersAfter && !isIn(instance.unreachable, second);
}

/** Whether its readiness probe succeeds. */
export function isReady(instance: Instance, second: number): boolean {
  const run = runAt(instance, second);
  return run !== undefined && second >= run.from + instance.readyAfter && !isIn(instance.notReady, second);
}

/** How often its container has been restarted. */
export function restartsOf({ runs, restartsBefore }: Instance, second: number): number {
  return restartsBefore + Math.max(0, runs.filter(({ from }) => from <= second).length - 1);
}

/** What its process exports; a new process begins with nothing. */
export function exportsOf(instance: Instance): readonly TargetSeries[] {
  return instance.flows.flatMap((flow) =>
    seriesOf(flow).map(({ name, labels, value }) => ({
      name,
      labels,
      value: (second) => value(second, runAt(instance, second)?.from ?? second),
    })),
  );
}
