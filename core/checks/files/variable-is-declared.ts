import { distance } from "fastest-levenshtein";
import { isBuiltIn, meantBuiltIn, variablesUsed } from "../../model/files/dashboard-variables";
import type { LoadedDashboard, LoadedPanel } from "../../model/files/loaded";
import { below } from "../../model/files/place";
import type { Subject } from "../../model/finding";
import { parsePromql } from "../../model/promql-syntax";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";

/** A variable that the dashboard does not have stays in the text as it is written, and repeats nothing. */
export const variableIsDeclared: Check = {
  id: "variable-is-declared",
  description: "Variables in a dashboard's queries, texts, links and repetitions are its own, or Grafana's.",
  severity: "error",
  run: ({ files }) =>
    (files?.dashboards ?? []).flatMap((dashboard) => {
      const names = dashboard.variables.map(({ name }) => name);
      return usesIn(dashboard, names).flatMap(({ name, subject }) => {
        const own = meantBuiltIn(name);
        if (own !== undefined)
          return [problem(subject, `uses the variable "${name}", which Grafana does not set. Did you mean "${own}"?`)];
        if (names.includes(name) || isBuiltIn(name)) return [];
        const has = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
        return [
          problem(subject, `uses the variable "${name}", which the dashboard does not have. ${has}${didYouMean(name, names)}`),
        ];
      });
    }),
};

interface Use {
  readonly name: string;
  readonly subject: Subject;
}

function usesIn(dashboard: LoadedDashboard, names: readonly string[]): readonly Use[] {
  const { variables, panels, links } = dashboard;
  return [
    ...variables
      .filter(({ type }) => type === "query")
      .flatMap(({ query, subject }) => each(meant(query, names, isNoConstant), subject)),
    ...links.flatMap(({ url, subject }) => each(variablesUsed(url), subject)),
    ...panels.flatMap((panel) => inPanel(panel, names)),
  ];
}

function inPanel(panel: LoadedPanel, names: readonly string[]): readonly Use[] {
  const { title, description, repeat, links, targets, subject } = panel;
  const at = (key: string): Subject => ({ ...subject, ...(subject.at && { at: below(subject.at, key) }) });
  return [
    ...(repeat === "" ? [] : [{ name: repeat, subject: at("repeat") }]),
    ...each(meant(title, names, isWord), at("title")),
    ...each(meant(description, names, isSlip), at("description")),
    ...links.flatMap((link) => each(variablesUsed(link.url), link.subject)),
    ...targets.flatMap((target) => [
      ...each(inQuery(target.expr), target.subject),
      ...each(variablesUsed(target.legend), target.subject),
    ]),
  ];
}

/** Each variable once. */
function each(uses: ReturnType<typeof variablesUsed>, subject: Subject): readonly Use[] {
  return [...new Set(uses.map(({ name }) => name))].map((name) => ({ name, subject }));
}

/** Of a text for people: a dollar can be money, and code in it has variables of its own. */
function meant(text: string, names: readonly string[], isMeant: typeof isSlip): ReturnType<typeof variablesUsed> {
  const prose = text.replace(/`[^`]*`/g, "");
  return variablesUsed(prose).filter(({ name, isInBrackets }) => isInBrackets || isMeant(name, names));
}

/** A title is short, and what begins with a dollar there is a variable, unless it is an amount or a currency. */
function isWord(name: string, names: readonly string[]): boolean {
  return isSlip(name, names) || (/^[a-z]\w{2,}$/.test(name) && !/^(usd|eur|gbp|mil|bn)$/.test(name));
}

/** A matcher of MQTT topics may exclude `$SYS`. */
function isNoConstant(name: string, names: readonly string[]): boolean {
  return isSlip(name, names) || /[a-z]/.test(name);
}

function isSlip(name: string, names: readonly string[]): boolean {
  return names.some((known) => name.toLowerCase() === known.toLowerCase() || (known.length > 2 && distance(name, known) === 1));
}

/** Of `label_replace`, `$1` is a group, and so is what is named in its pattern. */
function inQuery(expr: string): ReturnType<typeof variablesUsed> {
  if (expr.includes("label_replace") && parsePromql(expr) !== undefined && /\(\?P?</.test(expr)) return [];
  return variablesUsed(expr);
}
