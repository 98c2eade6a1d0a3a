import { problem, type Problem } from "../checks/check";
import { groupBy } from "../model/group-by";
import type { DeclaredRule } from "./declared";
import type { LiveCheck } from "./live-check";
import { dataOr } from "./told";
import { contextOf, reasonsOf, type Reason } from "./why-empty";

const mostListed = 6;

/** An alert that selects nothing is silent, whatever happens. */
export const alertCanFire: LiveCheck = {
  id: "alert-can-fire",
  description:
    "What an alert selects was there in the last hour, or may still come; what it reads of recording rules is recorded.",
  severity: "warning",
  run: (declared, running) => {
    const context = contextOf(declared, running);
    if (!context) return [];
    const loaded = dataOr(context.prometheus.rules, undefined);
    const names = loaded && new Set(loaded.flatMap(({ kind, name }) => (kind === "alert" ? [name] : [])));
    // Of an alert that is not loaded, rule-is-running tells.
    const alerts = declared.rules.filter(({ kind, name }) => kind === "alert" && names?.has(name) !== false);
    const found = alerts.flatMap((alert) => reasonsOf(alert.expr, context).map((reason) => ({ alert, reason })));
    const [awaited, others] = [true, false].map((is) => found.filter(({ reason }) => (reason.kind === "awaited") === is));
    return [
      ...[...groupBy(others ?? [], ({ reason }) => reason.words).values()].flatMap(toldOnce),
      ...[...groupBy(awaited ?? [], ({ alert }) => alert.subject.file)].map(([file, alike]) => toldOfFile(file, alike)),
    ];
  },
};

interface Silenced {
  readonly alert: DeclaredRule;
  readonly reason: Reason;
}

/** Where all is well most errors have never happened: that is said in one line a file. */
function toldOfFile(file: string, awaited: readonly Silenced[]): Problem {
  const alerts = [...new Map(awaited.map((one) => [one.alert.name, one])).values()];
  const named = alerts.slice(0, mostListed).map(({ alert, reason }) => `${alert.name} (${reason.words})`);
  const more = alerts.length > mostListed ? `, and ${alerts.length - mostListed} more` : "";
  const wait = alerts.length === 1 ? "1 alert waits" : `${alerts.length} alerts wait`;
  return problem(
    { file },
    `${wait} for what the catalog allows and nobody has seen in the last hour: ${named.join(", ")}${more}. Let it happen once where that does no harm, or export it as 0 from the start: then it is known that the alert can fire.`,
  );
}

/** One cause may silence many alerts. */
function toldOnce(alike: readonly Silenced[]): readonly Problem[] {
  const [first] = alike;
  if (!first) return [];
  const { alert, reason } = first;
  const others = [...new Set(alike.map((one) => one.alert.name))].filter((name) => name !== alert.name);
  const more = others.length > mostListed ? ` and ${others.length - mostListed} more` : "";
  const too = others.length === 0 ? "" : ` Nor can ${others.slice(0, mostListed).join(", ")}${more}.`;
  const found = problem(alert.subject, `cannot fire as things are: ${reason.words}${too}`);
  return [{ ...found, ...(reason.kind !== "open" && { severity: "error" }) }];
}
