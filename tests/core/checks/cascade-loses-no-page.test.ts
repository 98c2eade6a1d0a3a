import { cascadeLosesNoPage } from "../../../core/checks/cascade-loses-no-page";
import type { Alert } from "../../../core/model/alert";
import type { Cascade } from "../../../core/model/dependency";
import { panel } from "../../../core/model/panel";
import { promql } from "../../../core/model/query";
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

const accepted: readonly (Row & { readonly name: string })[] = [
  { name: "an upstream that is as urgent, as early, and remembers longer" },
  { name: "a page that explains a warning", explains: { severity: "warning" } },
  { name: "a warning that explains what is only for information", severity: "warning", explains: { severity: "info" } },
  { name: "an upstream that fires earlier", for: "1m" },
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
