import {
  customValues,
  isBuiltIn,
  meantBuiltIn,
  severalFault,
  variablesMeant,
  variablesUsed,
  wholeMatchers,
  type VariableUse,
} from "../../model/dashboard-variables";
import type { LoadedDashboard, LoadedPanel, LoadedTarget, LoadedVariable } from "../../model/files/loaded";
import { below } from "../../model/files/place";
import type { Subject } from "../../model/finding";
import { parsePromql, readQuery } from "../../model/promql-syntax";
import { didYouMean } from "../../model/suggestion";
import { circleFault, variableCircles } from "../../model/variable-circles";
import { withoutVariables } from "../../model/without-variables";
import { problem, type Check, type Problem } from "../check";

/** A variable that the dashboard does not have stays in the text as it is written, and repeats nothing. */
export const variableIsDeclared: Check = {
  id: "variable-is-declared",
  description: "Variables in a dashboard's queries, texts, links and repetitions are its own, or Grafana's.",
  severity: "error",
  run: ({ files }) =>
    (files?.dashboards ?? []).flatMap((dashboard) => {
      const names = dashboard.variables.map(({ name }) => name);
      return [
        ...noDurations(dashboard),
        ...unknown(dashboard, names),
        ...severalAsOne(dashboard),
        ...circles(dashboard),
        ...refusedAll(dashboard),
      ];
    }),
};

/** Where a panel or a row is repeated by the variable, each copy has one value. */
function severalAsOne({ variables, annotations, panels, rows }: LoadedDashboard): readonly Problem[] {
  const several = new Map(variables.filter(offersSeveral).map((variable) => [variable.name, variable]));
  for (const { repeat } of rows) several.delete(repeat);
  return [...panels, { repeat: "", targets: annotations }].flatMap(({ repeat, targets }) =>
    targets.flatMap(({ expr, subject }) =>
      wholeMatchers(expr).flatMap((matcher) => {
        const variable = matcher.name === repeat ? undefined : several.get(matcher.name);
        return variable ? [problem(subject, severalFault(matcher, variable.isMulti ? "several values" : "all values"))] : [];
      }),
    ),
  );
}

/** All of them are several, unless a value of their own stands for them: a word, or a pattern. */
function offersSeveral({ isMulti, hasAll, allValue }: LoadedVariable): boolean {
  return isMulti || (hasAll && (allValue === "" || !/^[\w./: -]+$/.test(allValue)));
}

function circles({ variables }: LoadedDashboard): readonly Problem[] {
  const asked = variables.filter(({ type }) => type === "query");
  return variableCircles(asked).flatMap((circle) => {
    const first = asked.find(({ name }) => name === circle[0]);
    return first ? [problem(first.subject, circleFault(circle))] : [];
  });
}

/** What stands for all of a variable's values is written into queries as it is. */
function refusedAll({ variables, panels }: LoadedDashboard): readonly Problem[] {
  const targets = panels.flatMap((panel) => panel.targets).filter(({ query }) => query !== undefined);
  return variables
    .filter(({ hasAll, allValue }) => hasAll && allValue !== "")
    .flatMap(({ subject, ...variable }) => {
      const all = { ...variable, type: "constant", query: variable.allValue };
      const using = targets.filter(({ expr }) => variablesUsed(expr).some(({ name }) => name === variable.name));
      const [error] = using.flatMap(({ expr, query = "" }) =>
        readQuery(query).errors.length > 0 ? [] : readQuery(withoutVariables(expr, [all]) ?? query).errors,
      );
      return error
        ? [problem(subject, `offers all of its values as "${all.query}", which Prometheus refuses: ${error.message}`)]
        : [];
    });
}

/** A choice of an interval that is none leaves the panels that use it without data. */
function noDurations({ variables }: LoadedDashboard): readonly Problem[] {
  return variables
    .filter(({ type }) => type === "interval")
    .flatMap(({ query, subject }) =>
      customValues(query)
        .filter((value) => !/^(\d+(ms|[smhdwMy])|auto|\$.*)$/.test(value))
        .map((value) => problem(subject, `offers the interval "${value}", which is no duration. Write one such as 10m.`)),
    );
}

function unknown(dashboard: LoadedDashboard, names: readonly string[]): readonly Problem[] {
  return usesIn(dashboard, names).flatMap(({ name, subject }): readonly Problem[] => {
    const own = meantBuiltIn(name);
    if (own !== undefined)
      return [problem(subject, `uses the variable "${name}", which Grafana does not set. Did you mean "${own}"?`)];
    if (names.includes(name) || isBuiltIn(name)) return [];
    const has = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
    const message = `uses the variable "${name}", which the dashboard does not have. ${has}${didYouMean(name, names)}`;
    return [problem(subject, message)];
  });
}

interface Use {
  readonly name: string;
  readonly subject: Subject;
}

function usesIn(dashboard: LoadedDashboard, names: readonly string[]): readonly Use[] {
  const { variables, annotations, panels, rows, links } = dashboard;
  return [
    ...annotations.flatMap((annotation) => each(inQuery(annotation), annotation.subject)),
    ...variables
      .filter(({ type }) => type === "query")
      .flatMap(({ query, subject }) => each(variablesMeant(query, "a query", names), subject)),
    ...links.flatMap(({ url, subject }) => each(variablesUsed(url), subject)),
    ...rows.flatMap(({ title, repeat, subject }) => [
      ...(repeat === "" ? [] : [{ name: repeat, subject }]),
      ...each(variablesMeant(title, "a title", names), subject),
    ]),
    ...panels.flatMap((panel) => inPanel(panel, names)),
  ];
}

function inPanel(panel: LoadedPanel, names: readonly string[]): readonly Use[] {
  const { title, description, repeat, links, targets, subject } = panel;
  const at = (key: string): Subject => ({ ...subject, ...(subject.at && { at: below(subject.at, key) }) });
  return [
    ...(repeat === "" ? [] : [{ name: repeat, subject: at("repeat") }]),
    ...each(variablesMeant(title, "a title", names), at("title")),
    ...each(variablesMeant(description, "a description", names), at("description")),
    ...links.flatMap((link) => each(variablesUsed(link.url), link.subject)),
    ...targets.flatMap((target) => [
      ...each(inQuery(target), target.subject),
      ...each(variablesUsed(target.legend), target.subject),
      // What delivers a dashboard may fill in its data source: only a slip of the pen is told.
      ...each(variablesMeant(`$${target.datasourceVariable ?? ""}`, "a description", names), target.subject),
    ]),
  ];
}

/** Each variable once. */
function each(uses: readonly VariableUse[], subject: Subject): readonly Use[] {
  return [...new Set(uses.map(({ name }) => name))].map((name) => ({ name, subject }));
}

/** Of `label_replace`, `$1` is a group, and so is what is named in its pattern. Other data sources have macros: `$__interval_s`. */
function inQuery({ expr, datasource }: LoadedTarget): readonly VariableUse[] {
  if (datasource === "other") return variablesUsed(expr).filter(({ name }) => !isBuiltIn(name));
  if (expr.includes("label_replace") && parsePromql(expr) !== undefined && /\(\?P?</.test(expr)) return [];
  return variablesUsed(expr);
}
