import { variablesIn } from "./names-in-text";
import type { Dashboard, DashboardVariable } from "./panel";
import { findIn, readQuery, type Expr } from "./promql-syntax";
import { withoutVariables } from "./without-variables";

/** Variables that each dashboard has, and of those without variables of their own, those by which their panels are narrowed. */
const provided = ["datasource", "namespace", "instance"];

/** The values that can be chosen; undefined where only Grafana knows them, when it has asked for them. */
export function choicesOfVariable(variable: DashboardVariable): readonly string[] | undefined {
  if ("values" in variable) return variable.values;
  if ("query" in variable) return undefined;
  const listed = variable.valuesOf.series.labels[variable.valuesOf.label];
  return listed && !("atMost" in listed) ? listed : undefined;
}

/**
 * A panel's query with each value of each of its dashboard's variables in their place, as Grafana asks it. Of several
 * variables, the others have their first value; of one whose values nobody knows, a matcher takes any. None where such a one
 * stands for more than a value.
 */
export function withChoices(expr: string, { variables = [] }: Pick<Dashboard, "variables">): readonly string[] {
  const used = variables.filter(({ name }) => placesOf(name).test(expr));
  if (used.length === 0) return [expr];
  const listed = used.flatMap((variable) => {
    const choices = choicesOfVariable(variable);
    return choices ? [{ ...variable, choices }] : [];
  });
  const asked = listed.flatMap(({ name, multi, choices }) => {
    const others = withFirst(
      expr,
      listed.filter((other) => other.name !== name),
    );
    const all = multi && choices.length > 1 ? [`(${choices.join("|")})`] : [];
    return [...choices, ...all].map((value) => replaced(others, name, value));
  });
  const filled = listed.length === 0 ? [expr] : [...new Set(asked)];
  return listed.length === used.length ? filled : filled.flatMap((text) => withoutVariables(text, []) ?? []);
}

function withFirst(expr: string, variables: readonly { readonly name: string; readonly choices: readonly string[] }[]): string {
  return variables.reduce((text, { name, choices }) => replaced(text, name, choices[0] ?? ""), expr);
}

/** Names of variables in a query that Grafana would have to know: not its own, and not the groups of label_replace. */
export function variablesOfQuery(expr: string): readonly string[] {
  if (!/[$\\]|\[\[/.test(expr)) return []; // a string may hold an escaped dollar
  const { tree } = readQuery(expr);
  const names = tree ? findIn(tree, textsOf).flatMap(variablesIn) : variablesIn(expr);
  return [...new Set(names)].filter((name) => !/^(\d+|__\w+)$/.test(name));
}

/** Names in a panel's query that are no variables of its dashboard. */
export function unknownVariables(expr: string, dashboard: Dashboard): readonly string[] {
  const { variables = [] } = dashboard;
  const filled = withFirst(
    expr,
    variables.map((variable) => ({ name: variable.name, choices: choicesOfVariable(variable) ?? ["example"] })),
  );
  return variablesOfQuery(filled).filter((name) => !isVariableOf(dashboard, name));
}

/** Whether a dashboard has a variable, its own or one that each has. */
export function isVariableOf({ variables = [] }: Pick<Dashboard, "variables">, name: string): boolean {
  const known = variables.length > 0 ? [...variables.map((variable) => variable.name), "datasource"] : provided;
  return known.includes(name);
}

function textsOf(node: Expr): readonly string[] {
  if (node.type === "selector") return node.matchers.map(({ value }) => value);
  if (node.type !== "call") return [];
  const strings = node.args.filter((_, index) => !(node.fn === "label_replace" && index === 2));
  return strings.flatMap((arg) => (arg.type === "literal" && typeof arg.value === "string" ? [arg.value] : []));
}

function placesOf(name: string): RegExp {
  if (!/^\w+$/.test(name)) return /(?!)/g; // variable-is-declared refuses it
  return new RegExp(String.raw`\$${name}\b|\$\{${name}(?::\w+)?\}|\[\[${name}(?::\w+)?\]\]`, "g");
}

function replaced(text: string, name: string, value: string): string {
  return text.replace(placesOf(name), () => value);
}
