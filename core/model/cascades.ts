import { watchedQuery, type Alert } from "./alert";
import type { Cascade } from "./dependency";
import type { Service } from "./service";

/**
 * All cascades: those of every workload, the declared ones, of the thresholds on one panel the graver over the milder, and of
 * each objective its burn over the thresholds on the same thing.
 */
export function cascadesOf(services: readonly Service[], declared: readonly Cascade[]): readonly Cascade[] {
  const further = services
    .flatMap(thresholdCascades)
    .filter((one) => !declared.some((other) => other.upstream === one.upstream && other.downstream.includes(one.milder)));
  return [
    ...services.flatMap(workloadCascades),
    ...declared,
    ...further.map(({ milder: _, ...cascade }) => cascade),
    ...services.flatMap(objectiveCascades),
  ];
}

/** The burn-rate alerts of an objective. */
export function burnsOf(service: Service, slo: { readonly id: string }): readonly Alert[] {
  return service.alerts.filter(({ labels }) => labels?.["slo"] === slo.id);
}

/** What explains what among the standard alerts of a workload. */
function workloadCascades({ workload, alerts }: Service): readonly Cascade[] {
  const named = (suffix: string): readonly Alert[] => alerts.filter(({ name }) => name === `${workload?.name ?? ""}${suffix}`);
  const explains = (
    suffix: string,
    explained: readonly string[],
    rest: Pick<Cascade, "reason" | "equal">,
  ): readonly Cascade[] => {
    const downstream = explained.flatMap(named);
    return downstream.length === 0 ? [] : named(suffix).map((upstream) => ({ upstream, downstream, ...rest }));
  };
  return [
    ...explains("Down", ["InstanceDown", "InstanceFlapping", "ReplicasMissing"], {
      reason: "None of the instances is up, this one among them.",
    }),
    ...explains("InstanceDown", ["InstanceFlapping"], {
      equal: ["instance"],
      reason: "The instance has not answered for longer than a moment.",
    }),
    ...explains("InstanceDown", ["ReplicasMissing"], { reason: "An instance that cannot be scraped is hardly available." }),
  ];
}

/** Of two thresholds on one panel, the further one: what it is about tells both, label by label. */
function thresholdCascades({ alerts }: Service): readonly (Cascade & { readonly milder: Alert })[] {
  return alerts.flatMap((graver) => {
    const milder = alerts.find(({ name }) => name === graver.milder);
    const equal = watchedQuery(graver)?.measure?.by ?? [];
    return milder ? [{ upstream: graver, downstream: [milder], milder, equal, reason: "It is the same, further on." }] : [];
  });
}

/** An objective and a threshold on the same thing: while the budget burns, the threshold has nothing to add. */
function objectiveCascades(service: Service): readonly Cascade[] {
  return service.alerts.flatMap((threshold) => {
    const { objective } = threshold;
    if (!objective) return [];
    return burnsOf(service, objective).map((upstream) => ({
      upstream,
      downstream: [threshold],
      equal: objective.by ?? [],
      reason: "The objective on the same thing tells it.",
    }));
  });
}
