import type { LoadedContainer } from "../../model/files/cluster";
import type { LoadedFiles } from "../../model/files/loaded";
import { below } from "../../model/files/place";
import { parsePromql, walk, type Expr } from "../../model/promql-syntax";
import { regexMatches } from "../../model/promql/regex";
import { problem, type Check } from "../check";

const metrics: Readonly<Record<string, "cpu" | "memory">> = {
  container_cpu_usage_seconds_total: "cpu",
  container_memory_working_set_bytes: "memory",
  container_memory_usage_bytes: "memory",
  container_memory_rss: "memory",
};

/** A container cannot use more than its limit: an alert above it never fires. */
export const thresholdWithinLimit: Check = {
  id: "threshold-within-limit",
  description: "An alert on a container's CPU or memory has a threshold below the container's limit.",
  severity: "error",
  run: ({ files }) =>
    (files?.rules ?? [])
      .filter(({ kind }) => kind === "alert")
      .flatMap(({ expr, subject }) => {
        const tree = parsePromql(expr);
        const found = files && tree && beyond(tree, files);
        return found ? [problem({ ...subject, ...(subject.at && { at: below(subject.at, "expr") }) }, found)] : [];
      }),
};

function beyond(tree: Expr, files: LoadedFiles): string | undefined {
  if (tree.type !== "binary" || ![">", ">="].includes(tree.op) || tree.right.type !== "literal") return undefined;
  const threshold = Number(tree.right.text);
  const selectors = [...walk(tree.left)].flatMap((node) => (node.type === "selector" ? [node] : []));
  const [only, ...others] = selectors;
  const resource = only && metrics[only.metric];
  // A sum over pods may be above the limit of one.
  if (!resource || others.length > 0 || !isPerContainer(tree.left)) return undefined;
  const limits = selected(files, only.matchers).map((container) => container[resource]);
  const most = Math.max(...limits.map((limit) => limit ?? Infinity));
  if (limits.length === 0 || !Number.isFinite(most) || threshold < most) return undefined;
  return `fires above ${tree.right.text}, which is not below the ${resource} limit of ${shown(most, resource)}: it never fires. Lower it.`;
}

function isPerContainer(expr: Expr): boolean {
  if (expr.type === "selector") return true;
  if (expr.type === "range") return isPerContainer(expr.of);
  if (expr.type === "call")
    return (
      ["rate", "irate", "max_over_time", "avg_over_time"].includes(expr.fn) &&
      expr.args[0] !== undefined &&
      isPerContainer(expr.args[0])
    );
  if (expr.type !== "aggregation") return false;
  const inner = expr.args.at(-1);
  return (
    inner !== undefined &&
    isPerContainer(inner) &&
    (["max", "avg"].includes(expr.op) ||
      (expr.op === "sum" && expr.grouping === "by" && expr.labels.includes("pod") && expr.labels.includes("container")))
  );
}

function selected(
  { cluster: { workloads } }: LoadedFiles,
  matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[],
): readonly LoadedContainer[] {
  const container = matchers.find(({ label, op }) => label === "container" && op === "=")?.value;
  const pod = matchers.find(({ label, op }) => label === "pod" && op === "=~")?.value;
  if (container === undefined && pod === undefined) return [];
  return workloads
    .filter(({ name }) => pod === undefined || regexMatches(pod, `${name}-x2x4q`))
    .flatMap((workload) => workload.containers.filter(({ name }) => container === undefined || name === container));
}

function shown(limit: number, resource: "cpu" | "memory"): string {
  return resource === "cpu" ? `${limit} cores` : `${limit} bytes`;
}
