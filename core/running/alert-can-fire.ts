import { problem, type Problem } from "../checks/check";
import { groupBy } from "../model/group-by";
import type { DeclaredRule } from "./declared";
import type { LiveCheck } from "./live-check";
import { dataOr } from "./told";
import { reasonsOf, type Reason } from "./why-empty";

const mostListed = 6;

/** An alert that selects nothing is silent, whatever happens. */
export const alertCanFire: LiveCheck = {
  id: "alert-can-fire",
  description:
    "What an alert selects was there in the last hour, or may still come; what it reads of recording rules is recorded.",
  severity: "warning",
  run: (declared, { prometheus }) => {
    const names = dataOr(prometheus?.names, undefined);
    if (!prometheus || !names) return [];
    const context = { declared, prometheus, names };
    const loaded = dataOr(prometheus.rules, undefined);
    // Of an alert that is not loaded, rule-is-running tells.
    const alerts = declared.rules.filter(
      ({ kind, name }) => kind === "alert" && (loaded?.some((rule) => rule.kind === kind && rule.name === name) ?? true),
    );
    const found = alerts.flatMap((alert) => reasonsOf(alert.expr, context).map((reason) => ({ alert, reason })));
    return [...groupBy(found, ({ reason }) => reason.words).values()].flatMap(toldOnce);
  },
};

/** One cause may silence many alerts. */
function toldOnce(alike: readonly { readonly alert: DeclaredRule; readonly reason: Reason }[]): readonly Problem[] {
  const [first] = alike;
  if (!first) return [];
  const { alert, reason } = first;
  const others = [...new Set(alike.map((one) => one.alert.name))].filter((name) => name !== alert.name);
  const more = others.length > mostListed ? ` and ${others.length - mostListed} more` : "";
  const too = others.length === 0 ? "" : ` Nor can ${others.slice(0, mostListed).join(", ")}${more}.`;
  const found = problem(alert.subject, `cannot fire as things are: ${reason.words}${too}`);
  return [{ ...found, ...(reason.isCertain && { severity: "error" }) }];
}
