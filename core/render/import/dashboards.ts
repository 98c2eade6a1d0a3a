import type { LoadedDashboard, LoadedVariable } from "../../model/files/loaded";
import type { Decision } from "./metrics";
import { kebabCase } from "./names";
import type { FoundDashboard } from "./found-service";
import type { References } from "./query-code";
import { inline, list, object, record, text, type Imports } from "./source";
import { toFill } from "../../model/to-fill";

/** What all dashboards of a service are written with. */
export interface DashboardContext {
  readonly references: References;
  readonly imports: Imports;
  readonly decisions: Decision[];
}

/** The uid of a dashboard; one of its title where its file has none, since Grafana made it. */
export function uidOf({ uid, title }: Pick<LoadedDashboard, "uid" | "title">): string {
  return uid === "" ? kebabCase(title, "dashboard").slice(0, 40) : uid;
}

/** A dashboard as code. */
export function dashboardCode({ loaded, panels }: FoundDashboard, context: DashboardContext): string {
  const { imports, decisions } = context;
  const uid = uidOf(loaded);
  if (loaded.uid === "") decisions.push({ subject: loaded.subject, message: `has no uid, and gets "${uid}".` });
  const variables = loaded.variables.flatMap((variable) => variableCode(variable, context) ?? []);
  const rows = [...new Set(panels.map(({ row }) => row))].map((row) => {
    const keys = panels.filter((panel) => panel.row === row).map(({ key }) => `panels.${key}`);
    return [rowTitle(row), list(keys)] as const;
  });
  return `${imports.use("dashboard")}(${text(uid)}, ${object({
    title: text(loaded.title),
    description: text(loaded.description === "" ? toFill("what one sees on it, in half a sentence") : loaded.description),
    variables: variables.length === 0 ? undefined : list(variables),
    rows: record(rows),
  })})`;
}

/** Keys that are numbers would come first. */
function rowTitle(title: string): string {
  return /^\d+$/.test(title) ? `Row ${title}` : title;
}

function variableCode(variable: LoadedVariable, context: DashboardContext): string | undefined {
  const { name, type, query } = variable;
  const leftOut = whyLeftOut(variable);
  const isText = type === "constant" || type === "textbox";
  const why = leftOut ?? (isText ? `has the variable "${name}" for free text, which becomes a choice of one value.` : "");
  if (why !== "") context.decisions.push({ subject: variable.subject, message: why });
  if (leftOut !== undefined || type === "datasource") return undefined;
  if (type === "query") return asked(variable, context);
  const intervals = query.split(",").map((value) => value.trim());
  const values = variable.values ?? (isText ? [query] : intervals.filter((value) => value !== "auto"));
  return inline({ ...plain(variable), values: list(values.map(text)) });
}

function whyLeftOut({ name, type, query }: LoadedVariable): string | undefined {
  if (type === "datasource")
    return name === "datasource"
      ? undefined
      : `has the variable "${name}" for its data source, which is called "datasource" here.`;
  if (type === "query") return query === "" ? `has the variable "${name}" without a query: it was left out.` : undefined;
  if (["custom", "interval", "constant", "textbox"].includes(type)) return undefined;
  return `has the variable "${name}" of the type "${type}", which no dashboard here can have: it was left out.`;
}

function plain({ name, label, isMulti }: LoadedVariable): Readonly<Record<string, string | undefined>> {
  return { name: text(name), label: text(label || name), multi: isMulti ? "true" : undefined };
}

/** The values of a label that is declared; else as the file asks for them. */
function asked(variable: LoadedVariable, { references, imports }: DashboardContext): string {
  const [, series = "", key = ""] = /^label_values\(\s*([\w:]+)\s*,\s*(\w+)\s*\)$/.exec(variable.query) ?? [];
  const reference = references.get(series);
  if (!reference || !Object.hasOwn(reference.metric.labels, key))
    return inline({ ...plain(variable), query: text(variable.query) });
  imports.use(reference.holder);
  const { name, ...others } = plain(variable);
  return `${imports.use("labelValues")}(${name ?? ""}, ${inline({ ...others, of: list([reference.code, text(key)]) })})`;
}
