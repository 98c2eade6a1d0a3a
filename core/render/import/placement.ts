import type { LoadedRule } from "../../model/files/loaded";
import { numberOf } from "../../model/panel";
import { parsePromql } from "../../model/promql-syntax";
import { toFill } from "../../model/to-fill";
import { namesIn } from "./belongings";
import type { Threshold, Thresholds } from "./conditions";
import { measureCode } from "./measure-code";
import { camelCase, kebabCase, type Names } from "./names";
import { drawnPanel, type ImportedPanel, type Vocabulary } from "./panels";

/** Where an alert stands: on which panel, and whether it is a threshold on what that draws. */
export interface Placement {
  readonly on: ImportedPanel;
  readonly threshold: Threshold | undefined;
}

/** What alerts can stand on. */
export interface Places extends Vocabulary {
  readonly panels: readonly ImportedPanel[];
  readonly thresholds: Thresholds;
}

/** The panel that draws what the alert watches; else the one that its annotations name; else the one that shares most metrics. */
export function placeAlert(rule: LoadedRule, { panels, thresholds, recorded }: Places): Placement | undefined {
  const threshold = thresholds.find(rule.expr);
  if (threshold) return { on: threshold.on, threshold };
  const asked = metricsIn(rule.expr, recorded);
  const shared = (panel: ImportedPanel): number =>
    new Set(queriesOf(panel).flatMap((expr) => [...metricsIn(expr, recorded)].filter((name) => asked.has(name)))).size;
  const named = namedPanel(rule, panels);
  if (named && shared(named) > 0) return { on: named, threshold: undefined };
  const [best] = panels.map((on) => ({ on, count: shared(on) })).sort((a, b) => b.count - a.count);
  return best && best.count > 0 ? { on: best.on, threshold: undefined } : undefined;
}

/** A panel of what an alert compares with a number, for an alert that no panel shows. */
export function panelFor(
  rule: LoadedRule,
  { uid, keys }: { readonly uid: string; readonly keys: Names },
  known: Vocabulary,
): ImportedPanel {
  const compared = /^(.*\S)\s*[<>]\s*-?[\d.]+(?:e[+-]?\d+)?\s*$/is.exec(rule.expr)?.[1];
  const expr = compared !== undefined && parsePromql(compared) ? compared : rule.expr;
  const query = measureCode({ expr, unit: undefined, legend: "", ...known });
  const said = { title: rule.name, description: toFill("what it shows, in whole sentences") };
  const id = kebabCase(rule.name, "panel");
  return drawnPanel(id, said, {
    key: keys.give(camelCase(rule.name, "panel")),
    uid,
    row: "Alerts",
    queries: [{ name: "it", ...query }],
  });
}

/** Names of series, through the recording rules that they come from. */
function metricsIn(expr: string, recorded: Vocabulary["recorded"]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of namesIn(next)) {
      if (found.has(name)) continue;
      found.add(name);
      const behind = recorded.get(name);
      if (behind !== undefined) open.push(behind);
    }
  }
  return found;
}

function queriesOf({ panel }: ImportedPanel): readonly string[] {
  return Object.values(panel.queries).map(({ query }) => query.expr);
}

/** The panel to which a link leads, or that Grafana's own annotations name. */
function namedPanel({ annotations }: LoadedRule, panels: readonly ImportedPanel[]): ImportedPanel | undefined {
  const texts = Object.values(annotations);
  const links = texts.flatMap((text) => [...text.matchAll(/\/d\/([\w-]+)[^\s"]*?viewPanel=(?:panel-)?(\d+)/g)]);
  const pairs = [
    ...links.map(([, uid = "", number = ""]) => ({ uid, number })),
    { uid: annotations["__dashboardUid__"] ?? "", number: annotations["__panelId__"] ?? "" },
  ];
  return panels.find((on) => pairs.some(({ uid, number }) => on.uid === uid && String(numberOf(on.panel)) === number));
}
