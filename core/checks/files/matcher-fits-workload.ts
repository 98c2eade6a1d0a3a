import type { LoadedFiles } from "../../model/files/loaded";
import { parsePromql, walk, type Matcher } from "../../model/promql-syntax";
import { regexMatches } from "../../model/promql/regex";
import { queriesIn } from "../../model/queries";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";

/** A matcher on a pod, container, namespace or job that nothing here is called selects nothing. */
export const matcherFitsWorkload: Check = {
  id: "matcher-fits-workload",
  description:
    "Matchers on pod, container, deployment, namespace and job can match what the manifests and the scrape configuration name.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    if (!files) return [];
    const known = knownNames(files);
    const ofOperators = new Set(
      files.cluster.objects.flatMap(({ mayMakeWorkloads, namespace }) => (mayMakeWorkloads ? [namespace ?? ""] : [])),
    );
    return queriesIn(model).flatMap(({ expr, kind, subject }) => {
      const tree = parsePromql(expr);
      const messages = [...(tree ? walk(tree) : [])].flatMap((node) =>
        node.type === "selector"
          ? node.matchers.flatMap((matcher) => misfit(matcher, known, hereOnly(node.matchers, ofOperators)))
          : [],
      );
      return [...new Map(messages.map((message) => [message.text, message])).values()].map(({ text, isCertain }) => ({
        ...problem(subject, `the ${kind} ${text}`),
        ...(!isCertain && { severity: "warning" as const }),
      }));
    });
  },
};

/** Where an operator makes workloads, the manifests do not tell of all. */
function hereOnly(matchers: readonly Matcher[], ofOperators: ReadonlySet<string>): readonly Matcher[] {
  return matchers.filter(({ label, value }) => label !== "namespace" || !ofOperators.has(value));
}

interface Known {
  /** What the label can be, written as examples: a pod's name goes on behind that of its workload. */
  readonly examples: readonly string[];
  readonly what: string;
}

function knownNames({ cluster: { workloads, objects, prometheus } }: LoadedFiles): Readonly<Record<string, Known>> {
  const names = (kinds: readonly string[]): readonly string[] =>
    workloads.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const namespaces = [
    ...new Set([
      ...workloads.flatMap(({ namespace }) => namespace ?? []),
      ...objects.filter(({ kind }) => kind === "Namespace").map(({ name }) => name),
    ]),
  ];
  const containers = [...new Set(workloads.flatMap((workload) => workload.containers.map(({ name }) => name)))];
  return {
    ...(workloads.length > 0 && { pod: { examples: workloads.flatMap(podNames), what: "pods of workloads" } }),
    ...(containers.length > 0 && { container: { examples: [...containers, "POD"], what: "containers" } }),
    ...(names(["Deployment"]).length > 0 && { deployment: { examples: names(["Deployment"]), what: "Deployments" } }),
    ...(names(["StatefulSet"]).length > 0 && { statefulset: { examples: names(["StatefulSet"]), what: "StatefulSets" } }),
    ...(names(["DaemonSet"]).length > 0 && { daemonset: { examples: names(["DaemonSet"]), what: "DaemonSets" } }),
    ...(namespaces.length > 0 && { namespace: { examples: namespaces, what: "namespaces" } }),
    ...(prometheus && prometheus.jobs.length > 0 && { job: { examples: prometheus.jobs, what: "jobs" } }),
  };
}

function podNames({
  kind,
  name,
  replicas = 1,
}: {
  readonly kind: string;
  readonly name: string;
  readonly replicas?: number;
}): readonly string[] {
  if (kind === "StatefulSet")
    return Array.from({ length: Math.min(Math.max(replicas, 1), 20) }, (_, index) => `${name}-${index}`);
  return kind === "Deployment" ? [`${name}-7d9f8c6b5d-x2x4q`] : [`${name}-x2x4q`];
}

/** What runs in a namespace of the manifests should be in them; what runs elsewhere is not, and then only a slip is told. */
function misfit(
  { label, op, value }: Matcher,
  known: Readonly<Record<string, Known>>,
  others: readonly Matcher[],
): readonly { readonly text: string; readonly isCertain: boolean }[] {
  const names = Object.hasOwn(known, label) ? known[label] : undefined;
  if (!names || value === "" || (op !== "=" && op !== "=~")) return [];
  const wanted = op === "=" ? [value] : alternatives(value);
  const namespace = others.find((other) => other.label === "namespace" && other.op === "=")?.value;
  const isHere =
    label === "job" ||
    (label !== "namespace" && namespace !== undefined && known["namespace"]?.examples.includes(namespace) === true);
  return wanted.flatMap((each) => {
    if (each === "" || names.examples.some((example) => matches(each, example, op))) return [];
    const list = [...new Set(names.examples)];
    const nearest = didYouMean(
      op === "=" ? each : each.replace(/-?[.*+?[\]\\^$].*$/, ""),
      list.map((name) => (label === "pod" ? name.replace(/-(?:7d9f8c6b5d-)?x2x4q$/, "") : name)),
    );
    if (nearest === "" && !isHere) return [];
    const shown = label === "pod" ? "" : ` There are ${list.slice(0, 8).join(", ")}.`;
    return [
      {
        text: `looks for ${label}${op}"${each}", which none of the ${names.what} here can be.${shown}${nearest}${nearest === "" ? " If it runs elsewhere, leave its manifest out or add it." : ""}`,
        isCertain: nearest !== "",
      },
    ];
  });
}

function alternatives(value: string): readonly string[] {
  const inner = value.replace(/^\^?\((?:\?:)?(.*)\)\$?$/, "$1");
  return /[()[\]\\]/.test(inner) ? [value] : inner.split("|");
}

function matches(wanted: string, example: string, op: Matcher["op"]): boolean {
  if (op === "=") return wanted === example;
  return regexMatches(wanted, example);
}
