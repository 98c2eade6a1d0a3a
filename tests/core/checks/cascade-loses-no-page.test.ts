import { cascadeLosesNoPage } from "../../../core/checks/cascade-loses-no-page";
import type { Alert } from "../../../core/model/alert";
import type { Cascade } from "../../../core/model/dependency";
import { panel } from "../../../core/model/panel";
import { promql, queryOf } from "../../../core/model/query";
import { deepAlert, depthPanel, exampleModel, metrics } from "./example";
import { testCheck, type AcceptedRow, type ReportedRow } from "./rows";

const at = "services/cascades.ts EXUpstream";
const joins = panel("joins", {
  title: "Joins",
  description: "Joins.",
  unit: "cps",
  queries: { rate: { query: promql`sum(rate(${metrics.joins}[$__rate_interval]))`, legend: "joins" } },
});
const byType = panel("depth-again", { ...depthPanel, title: "Depth again", description: "What waits." });

interface Row extends Omit<Partial<Alert>, "name"> {
  /** What differs in the downstream alert. */
  readonly explains?: Partial<Alert>;
  readonly cascade?: Partial<Cascade>;
}

/** The upstream and what it explains are pages on other panels, after 5 minutes, unless the row says otherwise. */
function cascade({ explains = {}, cascade: change = {}, ...upstream }: Row) {
  const other: Alert = { ...deepAlert, severity: "page", panel: joins, ...upstream, name: "EXUpstream" };
  const deep: Partial<Alert> = { severity: "page", ...explains };
  const model = exampleModel({ alert: deep, alerts: [other] });
  const downstream = model.services[0]?.alerts[0] ?? deepAlert;
  return {
    alert: deep,
    alerts: [other],
    model: { cascades: [{ upstream: other, downstream: [downstream], reason: "x", ...change }] },
  };
}

function firingOn(query: string): Partial<Alert> {
  return { when: { expression: queryOf(query), trigger: "it happens" } };
}

const accepted: readonly (Row & { readonly name: string })[] = [
  { name: "an upstream that is as urgent, as early, and remembers longer" },
  { name: "a page that explains a warning", explains: { severity: "warning" } },
  { name: "a warning that explains what is only for information", severity: "warning", explains: { severity: "info" } },
  { name: "an upstream that fires earlier", for: "1m" },
  ...(
    [
      ["a panel with a window, on which nothing is compared", "max(ex_depth) > 5", "max(ex_depth) > 1"],
      ["a comparison with what was before", "max(ex_depth) > 5", "max(ex_depth) > 2 * max(ex_depth offset 1d)"],
      [
        "a further condition over a long time",
        "max(ex_depth) > 5",
        "max(ex_depth) > 1 and on () sum(rate(ex_joins_total[1h])) > 1",
      ],
      ["an exception over a long time", "max(ex_depth) > 5", "max(ex_depth) > 1 unless on () sum(rate(ex_joins_total[1h])) > 1"],
      ["as long a window", "sum(rate(ex_joins_total[1h])) > 5", "max(max_over_time(ex_depth[30m:1m])) > 1"],
    ] as const
  ).map(([name, above, below]) => ({ name, ...firingOn(above), panel: byType, explains: { ...firingOn(below), panel: joins } })),
  {
    name: "an upstream that keeps firing for as long as the other remembers",
    panel: byType,
    keepFiringFor: "5m",
    explains: { panel: joins },
    cascade: { equal: [] },
  },
  {
    name: "the same panel further on, which ends first because it is worse",
    panel: depthPanel,
    cascade: { equal: ["actor_type"] },
  },
  { name: "a warning that only hints at where a page comes from", severity: "warning", for: "30m", cascade: { hintOnly: true } },
];

const reported: readonly (Row & { readonly name: string; readonly findings: readonly string[] })[] = [
  ...(
    [
      ["a subquery", "max(max_over_time(ex_depth[2h:1m])) > 1", 7200],
      ["a window of two units", "max(max_over_time(ex_depth[1h30m])) > 1", 5400],
      ["a window of a window", "max(max_over_time(rate(ex_joins_total[5m])[1h:])) > 1", 3900],
      ["either of two conditions", "max(ex_depth) > 1 or on () sum(rate(ex_joins_total[1h])) > 1", 3600],
      ["both of two conditions", "sum(rate(ex_joins_total[10m])) > 1 and sum(rate(ex_joins_total[1h])) > 1", 600],
    ] as const
  ).map(([name, below, seconds]) => ({
    name: `a consequence that remembers ${name}`,
    ...firingOn("max(ex_depth) > 5"),
    panel: byType,
    explains: { ...firingOn(below), panel: joins },
    findings: [
      `services/cascades.ts EXUpstream: ends up to ${seconds} s before EXDeep, which would notify after the recovery. Raise keepFiringFor by as much.`,
    ],
  })),
  {
    name: "a warning that silences a page",
    severity: "warning",
    findings: [`${at}: is a warning and silences EXDeep, a page: nobody would be paged. Make it a page, or only a hint.`],
  },
  {
    name: "an upstream that fires after its consequence",
    for: "30m",
    findings: [`${at}: fires after 30m, but EXDeep, which it explains, already after 5m. Let EXDeep wait at least as long.`],
  },
  {
    name: "an upstream that ends while its consequence is still remembered",
    panel: byType,
    explains: { panel: joins },
    findings: [`${at}: ends up to 300 s before EXDeep, which would notify after the recovery. Raise keepFiringFor by as much.`],
  },
  {
    name: "a consequence that keeps firing for longer",
    explains: { keepFiringFor: "20m" },
    findings: [`${at}: ends up to 900 s before EXDeep, which would notify after the recovery. Raise keepFiringFor by as much.`],
  },
  {
    name: "a label that both carry and nobody compares",
    panel: byType,
    findings: [`${at}: silences EXDeep whatever its "actor_type", which both carry. Compare it: equal: ["actor_type"].`],
  },
];

testCheck(cascadeLosesNoPage, {
  accepted: accepted.map(({ name, ...row }): AcceptedRow => ({ name, ...cascade(row) })),
  reported: reported.map(({ name, findings, ...row }): ReportedRow => ({ name, findings, ...cascade(row) })),
});
