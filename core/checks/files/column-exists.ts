import type { RunbookDocument } from "../../model/runbook";
import { runbookSubject } from "../../model/section-content";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check, type Problem } from "../check";

const words = new Set(
  "select from where and or not null is in like ilike between case when then else end as on join left right inner outer full cross group by order having limit offset asc desc distinct count sum avg min max coalesce now interval extract epoch age date_trunc true false update set insert into values delete returning union all exists any using with lateral filter over partition cast int integer bigint text varchar timestamptz timestamp date numeric boolean nulls first last round greatest least string_agg array_agg to_char current_timestamp".split(
    " ",
  ),
);

/** SQL that names a column that is not there fails when it is needed. */
export const columnExists: Check = {
  id: "column-exists",
  description: "SQL in documents uses tables and columns of the schema.",
  severity: "error",
  run: ({ files, runbooks }) => {
    const tables = files?.cluster.tables;
    return tables && tables.size > 0 ? runbooks.flatMap((document) => inDocument(document, tables)) : [];
  },
};

type Tables = ReadonlyMap<string, ReadonlySet<string>>;

function inDocument(document: RunbookDocument, tables: Tables): readonly Problem[] {
  return document.fences.flatMap(({ language, code, line }) =>
    statements(language, code).flatMap(({ sql, offset }) =>
      faults(sql, tables).map(({ message, at }) => problem(runbookSubject(document, line + 1 + offset + at), message)),
    ),
  );
}

/** A block of SQL, or what a shell command gives to psql. */
function statements(language: string, code: string): readonly { readonly sql: string; readonly offset: number }[] {
  const lineOf = (at: number): number => code.slice(0, at).split("\n").length - 1;
  if (["sql", "postgresql", "psql"].includes(language)) {
    return [...code.matchAll(/[^;]+/g)].map(({ 0: sql, index }) => ({ sql, offset: lineOf(index) }));
  }
  return [...code.matchAll(/\bpsql\b[^\n]*?\s-c\s+(?:"((?:\\.|[^"\\])*)"|'([^']*)')/g)].map((match) => ({
    sql: match[1] ?? match[2] ?? "",
    offset: lineOf(match.index),
  }));
}

function faults(sql: string, tables: Tables): readonly { readonly message: string; readonly at: number }[] {
  const text = sql.replace(/--.*$/gm, "").replace(/'(?:[^']|'')*'/g, "''");
  const used = [...text.matchAll(/\b(?:from|join|update|into)\s+([a-z_][\w.]*)(?:\s+(?:as\s+)?([a-z_]\w*))?/gi)].map(
    ([, table = "", alias]) => ({ table: (table.split(".").at(-1) ?? table).toLowerCase(), alias: alias?.toLowerCase() }),
  );
  if (used.length === 0 || /\bwith\b|\(\s*select\b|generate_series|\bpg_/i.test(text)) return []; // whose columns cannot be told so simply
  const lineOf = (at: number): number => text.slice(0, at).split("\n").length - 1;
  const absent = used.filter(({ table }) => !tables.has(table));
  if (absent.length > 0) {
    return absent.map(({ table }) => ({
      message: `the SQL uses the table "${table}", which the schema does not have.${didYouMean(table, tables.keys())}`,
      at: lineOf(Math.max(0, text.toLowerCase().indexOf(table))),
    }));
  }
  const columns = new Set(used.flatMap(({ table }) => [...(tables.get(table) ?? [])]));
  const others = new Set([
    ...used.flatMap(({ table, alias }) => [table, alias ?? ""]),
    ...[...text.matchAll(/\bas\s+"?([a-z_]\w*)/gi)].map(([, name = ""]) => name.toLowerCase()),
  ]);
  const names = [...text.matchAll(/(?<![\w$:"])(?:[a-z_]\w*\.)?([a-z_]\w*)(?!\w|\s*\(|\.)/gi)].map(({ 1: name = "", index }) => ({
    name: name.toLowerCase(),
    index,
  }));
  return [...new Map(names.map((each) => [each.name, each])).values()]
    .filter(({ name }) => !words.has(name) && !columns.has(name) && !others.has(name))
    .map(({ name, index }) => ({
      message: `the SQL uses the column "${name}", which ${used.map(({ table }) => table).join(" and ")} does not have. It has ${[...columns].join(", ")}.${didYouMean(name, columns)}`,
      at: lineOf(index),
    }));
}
