import type { Labels, Series } from "../metric";
import type { Matcher } from "../promql-syntax";
import { promql, queryOf, where, type Matchers, type Query } from "../query";
import { deploymentsOf, type Workload } from "../workload";
import { platform } from "./platform";

/** Pods of one workload, told from all others by their names. */
export interface Pods {
  readonly workload: Workload;
  /** The name of a Deployment, exactly, or `$controller`. Those of all Deployments when left out. */
  readonly of?: string;
  /** The name of a Deployment whose pods are not meant, or `$controller`. */
  readonly except?: string;
}

/** Selects the series of a metric that belong to the pods. */
export type Select = <L extends Labels>(series: Series<L>, matchers?: NoInfer<Matchers<L>>) => Query;

/** Four scrapes at the longest interval that is supported, 60 s: whatever was scraped has at least two samples in it. */
export const fourScrapes = "4m";

// What Kubernetes adds to a Deployment's name: mc-0 is neither mc-0-canary nor mc-01.
const suffix = "-[a-z0-9]+-[a-z0-9]{5}";

/** Selects what carries the pods' own names: series of cAdvisor, of kube-state-metrics, and of the operator's scrapes. */
export function selectPods(pods: Pods): Select {
  return selecting(matchersOf(pods));
}

/**
 * The series of the pods with the name of each as their only label, `pod`: by their own labels where the operator has
 * scraped them; where they carry only an address, by kube-state-metrics' list of addresses. A pod that is scraped
 * twice counts once.
 * @param read what is read of the pods' series, such as a rate; it must keep `job` and `instance`.
 */
export function seriesOfPods(pods: Pods, read: (select: Select) => Query, merge: "sum" | "max" = "sum"): Query {
  const named = read(selectPods(pods));
  const addressed = read(selecting([{ label: "pod", op: "=", value: "" }]));
  const joined = promql`label_replace(${addressed}, "pod_ip", "$1", "instance", "\\[?([^\\]]+)\\]?:[0-9]+") * on (pod_ip) group_left (pod) ${addressesOf(pods)}`;
  const byPod = (series: Query): Query =>
    merge === "sum" ? promql`max by (pod) (sum by (pod, job, instance) (${series}))` : promql`max by (pod) (${series})`;
  return promql`${byPod(named)}\nor ${byPod(joined)}`;
}

/** When the newest pod was created, as a Unix time under the label `pod`. */
export function newestOf(pods: Pods): Query {
  return promql`topk(1, ${withoutEnded(pods, selectPods(pods)(platform.podCreated))})`;
}

/** When the oldest of the pods was created. */
export function createdOf(pods: Pods): Query {
  return promql`min(${withoutEnded(pods, selectPods(pods)(platform.podCreated))})`;
}

/** 1 for each pod that is ready and 0 for each that is not, under the label `pod`. */
export function readyOf(pods: Pods): Query {
  return withoutEnded(pods, selectPods(pods)(platform.podReady, { condition: "true" }));
}

/**
 * 1 for each pod, with its address as `pod_ip`. Not where a pod that is gone by now had the same address within the
 * window: what that one did would count.
 */
function addressesOf(pods: Pods): Query {
  const inNamespace = where(platform.podInfo, { namespace: pods.workload.namespace });
  const gone = promql`last_over_time(${inNamespace}[${fourScrapes}]) unless on (pod) ${inNamespace}`;
  const own = withoutEnded(pods, selectPods(pods)(platform.podInfo, { pod_ip: /.+/ }), "pod, pod_ip");
  return promql`(${own} unless on (pod_ip) (${gone}))`;
}

/** Without evicted and finished pods: their objects stay, perhaps for ever, and their addresses go to others. */
function withoutEnded({ workload }: Pods, series: Query, labels = "pod"): Query {
  const phase = where(platform.podPhase, { namespace: workload.namespace, phase: /Failed|Succeeded/ });
  return queryOf(`max by (${labels}) (${series.expr}) unless on (pod) ${phase.expr} == 1`);
}

function selecting(matchers: readonly Matcher[]): Select {
  return (series, own) => where(series, own ?? {}, matchers);
}

function matchersOf({ workload, of, except }: Pods): readonly Matcher[] {
  return [
    { label: "namespace", op: "=", value: workload.namespace },
    { label: "pod", op: "=~", value: `${of ?? deploymentsOf(workload).source}${suffix}` },
    ...(except === undefined ? [] : [{ label: "pod", op: "!~", value: `${except}${suffix}` } as const]),
  ];
}
