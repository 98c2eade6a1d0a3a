import type { LoadedMetric } from "../../model/files/catalog";

const name = "[a-z][a-z0-9]*(?:_[a-z0-9]+)+";

/**
 * The metrics of a Markdown catalog: a heading that is a metric's name, with what is written below it, or a table row whose
 * first cell is one. Labels and values are read from `label=a,b`, from lists such as "- `status`: `success`, `error`", and
 * from a cell or a line that is headed "Labels". Where none of these is there, the labels are not known.
 */
export function readMarkdownCatalog(file: string, text: string): readonly LoadedMetric[] {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  return [...fromTables(file, lines), ...fromHeadings(file, lines)];
}

function fromTables(file: string, lines: readonly string[]): readonly LoadedMetric[] {
  let header: readonly string[] = [];
  return lines.flatMap((line, index): readonly LoadedMetric[] => {
    if (!line.trim().startsWith("|")) {
      header = [];
      return [];
    }
    const cells = cellsOf(line);
    if (/^\s*\|?\s*:?-{2,}/.test(lines[index + 1] ?? "")) header = cells.map((cell) => cell.toLowerCase());
    const metric = new RegExp(`^\`?(${name})\`?$`).exec(cells[0] ?? "")?.[1];
    if (metric === undefined || header.length === 0) return [];
    const cell = (wanted: RegExp): string | undefined => cells[header.findIndex((title) => wanted.test(title))];
    const type = typeOf(cell(/type|kind/) ?? "");
    const labels = cell(/label|dimension|tag/);
    const buckets = bucketsOf(cell(/bucket/) ?? cell(/type|kind/) ?? "");
    return [
      {
        name: metric,
        type,
        ...(labels !== undefined && { labels: labelsOf(labels) }),
        ...(buckets.length > 0 && type === "histogram" && { buckets }),
        source: "catalog",
        subject: { file, name: metric, line: index + 1 },
      },
    ];
  });
}

function fromHeadings(file: string, lines: readonly string[]): readonly LoadedMetric[] {
  return lines.flatMap((line, index): readonly LoadedMetric[] => {
    const metric = new RegExp(`^#{2,6}\\s+\`?(${name})\`?\\s*$`).exec(line)?.[1];
    if (metric === undefined) return [];
    const end = lines.findIndex((other, at) => at > index && /^#{1,6}\s/.test(other));
    const body = lines.slice(index + 1, end < 0 ? undefined : end);
    const type = typeOf(body.find((row) => /\btype\b/i.test(row)) ?? "");
    const at = body.findIndex((row) => /\b(labels?|dimensions|tags)\b/i.test(row));
    const below = body.slice(at + 1).filter((row) => row.trim() !== "");
    const stop = below.findIndex((row) => !/^\s*[-*|]/.test(row));
    const labels =
      at < 0
        ? undefined
        : {
            ...labelsOf((body[at] ?? "").replace(/^.*?\b(labels?|dimensions|tags)\b\W*/i, "")),
            ...Object.fromEntries(below.slice(0, stop < 0 ? undefined : stop).flatMap((row) => Object.entries(listItem(row)))),
          };
    const buckets = bucketsOf(body.find((row) => /\bbuckets?\b/i.test(row)) ?? "");
    return [
      {
        name: metric,
        type,
        ...(labels && { labels }),
        ...(buckets.length > 0 && type === "histogram" && { buckets }),
        source: "catalog",
        subject: { file, name: metric, line: index + 1 },
      },
    ];
  });
}

function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function typeOf(text: string): LoadedMetric["type"] {
  const word = /\b(counter|gauge|histogram|summary)\b/i.exec(text)?.[1]?.toLowerCase();
  if (word === "counter" || word === "gauge" || word === "histogram" || word === "summary") return word;
  const letter = /^([CGH])\b/.exec(text)?.[1];
  return letter === "C" ? "counter" : letter === "G" ? "gauge" : letter === "H" ? "histogram" : "unknown";
}

function bucketsOf(text: string): readonly number[] {
  return [...text.matchAll(/(?<![\w.])\d*\.?\d+(?![\w.]*[a-z])/g)].map(([number]) => Number(number));
}

/** `status=success,error; type=a,b`, or labels alone: `status`, `type`. */
function labelsOf(text: string): Record<string, readonly string[] | undefined> {
  const plain = text.replaceAll("`", "");
  if (/^(–|-|—|none|no labels?\.?|)$/i.test(plain.trim())) return {};
  const assigned = [...plain.matchAll(/([a-z_]\w*)\s*(?:=|\bin\b)\s*[{[(]?([\w./-]+(?:\s*[,|]\s*[\w./-]+(?!\s*=))*)/gi)];
  if (assigned.length > 0) {
    const others = plain
      .split(";")
      .map((part) => part.trim())
      .filter((part) => /^[a-z_]\w*$/i.test(part));
    return Object.fromEntries([
      ...others.map((key) => [key, undefined] as const),
      ...assigned.map(([, key = "", values = ""]) => [key, values.split(/[,|]/).map((value) => value.trim())] as const),
    ]);
  }
  return Object.fromEntries(
    [...plain.matchAll(/(?<![\w-])([a-z_]\w*)(?:\s*\([^)]*\))?\s*(?=[,;/]|$|\band\b)/gi)].map(([, key = ""]) => [key, undefined]),
  );
}

/** "- `status`: `success`, `error`": a label, and its values where all of them stand in backticks. */
function listItem(row: string): Record<string, readonly string[] | undefined> {
  const found = /^\s*(?:[-*]|\|)\s*`?([a-z_]\w*)`?\s*(?:[:|–—-]\s*(.*))?$/i.exec(row);
  if (!found) return {};
  const [, key = "", rest = ""] = found;
  if (/^(label|name|:?-+)$/i.test(key)) return {};
  const values = [...rest.matchAll(/`([^`]+)`/g)].map(([, value = ""]) => value);
  const isWholeList = values.length > 0 && !/e\.g\.|such as|for example|\.\.\.|…|etc/i.test(rest);
  return { [key]: isWholeList ? values : undefined };
}
