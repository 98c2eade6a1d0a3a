import { requiresLabel, type LabelsOf } from "./promql-labels";
import { walk, type Binary, type Expr } from "./promql-syntax";

/** What the operator's scrapes add to every series and plain Prometheus does not. */
const operatorLabels: readonly string[] = ["namespace", "pod"];

type Selector = Extract<Expr, { readonly type: "selector" }>;

/**
 * The selectors that may match on a pod's name, though a scrape by plain Prometheus does not add it, with the labels
 * that they may use: those of `a{pod=~"x"} or (a{pod=""} …)` whose other half finds the same series by their address.
 */
export function toldByPod(tree: Expr, labelsOf: LabelsOf): ReadonlyMap<Expr, readonly string[]> {
  const told = walk(tree)
    .filter((node): node is Binary => node.type === "binary" && node.op === "or")
    .flatMap(({ left, right }) => [...pairs(left, right, labelsOf), ...pairs(right, left, labelsOf)]);
  return new Map(told.map((selector) => [selector, operatorLabels]));
}

function pairs(named: Expr, addressed: Expr, labelsOf: LabelsOf): readonly Selector[] {
  const byAddress = selectorsIn(addressed);
  if (!byAddress.some(({ metric }) => labelsOf(metric)?.includes("pod_ip"))) return [];
  const withName = selectorsIn(named).filter(({ matchers }) =>
    matchers.some((matcher) => matcher.label === "pod" && requiresLabel(matcher)),
  );
  const without = byAddress.filter(({ matchers }) =>
    matchers.some(({ label, op, value }) => label === "pod" && op === "=" && value === ""),
  );
  const sharedBy = (others: readonly Selector[]) => (selector: Selector) =>
    others.some(({ metric }) => metric === selector.metric);
  return [...withName.filter(sharedBy(without)), ...without.filter(sharedBy(withName))];
}

function selectorsIn(tree: Expr): readonly Selector[] {
  return walk(tree).filter((node): node is Selector => node.type === "selector");
}
