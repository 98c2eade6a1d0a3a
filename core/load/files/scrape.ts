import type { LoadedMetric } from "../../model/files/catalog";

interface Collected {
  type: LoadedMetric["type"];
  line: number;
  hasSamples: boolean;
  readonly labels: Set<string>;
  readonly buckets: Set<number>;
}

const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*?)\})?\s+[-+\w.]+(?:\s|$)/;
const label = /([a-zA-Z_]\w*)\s*=\s*"((?:\\.|[^"\\])*)"/g;
const types: Readonly<Record<string, LoadedMetric["type"]>> = {
  counter: "counter",
  gauge: "gauge",
  histogram: "histogram",
  summary: "summary",
  gaugehistogram: "histogram",
};

/**
 * The metrics of what /metrics answers, as text or OpenMetrics (where a counter's TYPE lacks the _total of its samples).
 * Its labels are those of its samples; other values than these may still come.
 */
export function readScrape(file: string, text: string): readonly LoadedMetric[] {
  const families = new Map<string, Collected>();
  const help = new Map<string, string>();
  const isOpenMetrics = /^# EOF\s*$/m.test(text);
  text.split("\n").forEach((row, index) => {
    const typed = /^# TYPE ([a-zA-Z_:][\w:]*) (\w+)/.exec(row);
    if (typed) {
      const [, name = "", type = ""] = typed;
      const full = isOpenMetrics && type === "counter" && !name.endsWith("_total") ? `${name}_total` : name;
      family(families, full, index + 1).type = types[type] ?? "unknown";
    }
    const helped = /^# HELP ([a-zA-Z_:][\w:]*) (.*)$/.exec(row);
    if (helped)
      help.set(
        helped[1] ?? "",
        (helped[2] ?? "").replace(/\\(.)/g, (_, mark: string) => (mark === "n" ? "\n" : mark)),
      );
    if (!row.startsWith("#")) addSample(families, row, index + 1);
  });
  return [...families].map(([name, { type, line, labels, buckets, hasSamples }]) => ({
    name,
    type,
    ...(hasSamples && { labels: Object.fromEntries([...labels].map((key) => [key, undefined])) }),
    ...(type === "histogram" && buckets.size > 0 && { buckets: [...buckets].sort((a, b) => a - b) }),
    ...helpOf(name, help),
    source: "scrape",
    subject: { file, name, line },
  }));
}

/** OpenMetrics leaves the _total out there too. */
function helpOf(name: string, help: ReadonlyMap<string, string>): Pick<LoadedMetric, "help"> {
  const said = help.get(name) ?? help.get(name.replace(/_total$/, ""));
  return said === undefined || said === "" ? {} : { help: said };
}

function addSample(families: Map<string, Collected>, row: string, line: number): void {
  const found = sample.exec(row);
  if (!found) return;
  const [, series = "", inner = ""] = found;
  const base = series.replace(/_(bucket|count|sum|created)$/, "");
  const known = families.get(base)?.type;
  const name = known === "histogram" || known === "summary" || series.endsWith("_created") ? base : series;
  const holder = family(families, name, line);
  holder.hasSamples = true;
  for (const [, key = "", value = ""] of inner.matchAll(label)) {
    if (key === "le" && holder.type === "histogram") {
      if (Number.isFinite(Number(value))) holder.buckets.add(Number(value));
    } else if (!(key === "quantile" && holder.type === "summary")) holder.labels.add(key);
  }
}

function family(families: Map<string, Collected>, name: string, line: number): Collected {
  const known = families.get(name) ?? {
    type: "unknown" as const,
    line,
    hasSamples: false,
    labels: new Set<string>(),
    buckets: new Set<number>(),
  };
  families.set(name, known);
  return known;
}
