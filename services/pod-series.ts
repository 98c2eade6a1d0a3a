import type { Labels, Series } from "../model/metric";
import type { Matcher } from "../model/promql-syntax";
import { promql, where, type Matchers, type Query } from "../model/query";
import type { Workload } from "../model/workload";
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
  const joined = promql`
    label_replace(${addressed}, "pod_ip", "$1", "instance", "\\\\[?([^\\\\]]+)\\\\]?:[0-9]+")
    * on (pod_ip) group_left (pod) ${addressesOf(pods)}`;
  const byPod = (series: Query): Query =>
    merge === "sum" ? promql`max by (pod) (sum by (pod, job, instance) (${series}))` : promql`max by (pod) (${series})`;
  return promql`${byPod(named)}\nor ${byPod(joined)}`;
}

/** When the newest pod was created, as a Unix time under the label `pod`. What has ended is no pod any more. */
export function newestOf(pods: Pods): Query {
  const select = selectPods(pods);
  return promql`topk(1, max by (pod) (${select(platform.podCreated)}) unless on (pod) ${endedOf(pods)})`;
}

/** When the oldest of the pods was created. What has ended is no pod any more. */
export function createdOf(pods: Pods): Query {
  return promql`min(max by (pod) (${selectPods(pods)(platform.podCreated)}) unless on (pod) ${endedOf(pods)})`;
}

/** 1 for each pod that is ready and 0 for each that is not, under the label `pod`. What has ended is no pod any more. */
export function readyOf(pods: Pods): Query {
  const ready = selectPods(pods)(platform.podReady, { condition: "true" });
  return promql`max by (pod) (${ready}) unless on (pod) ${endedOf(pods)}`;
}

/** Each pod's address, as long as it has been no other pod's within the window: else what the other one did would count. */
function addressesOf(pods: Pods): Query {
  const every = { workload: pods.workload };
  const own = selectPods(pods)(platform.podInfo, { pod_ip: /.+/ });
  const all = selectPods(every)(platform.podInfo, { pod_ip: /.+/ });
  const lately = promql`count by (pod, pod_ip) (last_over_time(${all}[${fourScrapes}]))`;
  return promql`
    (max by (pod, pod_ip) (${own})
    unless on (pod) ${endedOf(pods)}
    unless on (pod_ip) count by (pod_ip) (${lately} unless on (pod) ${endedOf(every)}) > 1)`;
}

/** An evicted pod stays in the list, perhaps for ever, and its address goes to another one. */
function endedOf(pods: Pods): Query {
  return promql`(max by (pod) (${selectPods(pods)(platform.podPhase, { phase: /Failed|Succeeded/ })}) == 1)`;
}

function selecting(matchers: readonly Matcher[]): Select {
  return (series, own) => where(series, own ?? {}, matchers);
}

function matchersOf({ workload: { namespace, deployments }, of, except }: Pods): readonly Matcher[] {
  const names = of ?? `(${deployments.map(({ name }) => name).join("|")})`;
  return [
    { label: "namespace", op: "=", value: namespace },
    { label: "pod", op: "=~", value: `${names}${suffix}` },
    ...(except === undefined ? [] : [{ label: "pod", op: "!~", value: `${except}${suffix}` } as const]),
  ];
}
