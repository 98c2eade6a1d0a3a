const words = "primary foreign unique check constraint exclude index key like".split(" ");

/** The columns of each table, by its name without a schema, from CREATE TABLE and ALTER TABLE … ADD or RENAME COLUMN. */
export function readTables(texts: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>();
  for (const text of texts) {
    const sql = text.replace(/--.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, name = "", body = ""] of sql.matchAll(
      /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."]+)\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/gi,
    )) {
      tables.set(plain(name), new Set(columnsOf(body)));
    }
    for (const [, name = "", change = ""] of sql.matchAll(
      /\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?([\w."]+)\s+([^;]*)/gi,
    )) {
      const columns = tables.get(plain(name));
      for (const [, column = ""] of change.matchAll(/\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?([\w"]+)/gi))
        if (!words.includes(column.toLowerCase())) columns?.add(plain(column));
      for (const [, old = "", renamed = ""] of change.matchAll(/\brename\s+(?:column\s+)?([\w"]+)\s+to\s+([\w"]+)/gi)) {
        columns?.delete(plain(old));
        columns?.add(plain(renamed));
      }
      for (const [, column = ""] of change.matchAll(/\bdrop\s+(?:column\s+)?(?:if\s+exists\s+)?([\w"]+)/gi))
        columns?.delete(plain(column));
    }
  }
  return tables;
}

function columnsOf(body: string): readonly string[] {
  let depth = 0;
  const parts = [""];
  for (const char of body) {
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${char}`);
  }
  return parts
    .map((part) => /^\s*([\w"]+)/.exec(part)?.[1] ?? "")
    .filter((name) => name !== "" && !words.includes(name.toLowerCase()))
    .map(plain);
}

function plain(name: string): string {
  return (name.split(".").at(-1) ?? name).replaceAll('"', "").toLowerCase();
}
