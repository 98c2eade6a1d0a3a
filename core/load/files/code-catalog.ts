import type { LoadedMetric } from "../../model/files/catalog";

/** How a library declares a metric in code: each pattern captures the name, and perhaps what stands behind it. */
interface Library {
  readonly patterns: readonly { readonly pattern: RegExp; readonly type: LoadedMetric["type"] | "by name" }[];
  /** Of what stands in the declaration. */
  readonly labels: (declaration: string) => readonly string[] | undefined;
  /** Values that are written beside a label where it is set. */
  readonly nameOf?: (name: string, type: LoadedMetric["type"]) => string;
}

const quoted = (text: string): readonly string[] => [...text.matchAll(/["'`]([a-zA-Z_]\w*)["'`]/g)].map(([, name = ""]) => name);

function listAfter(opening: RegExp): (declaration: string) => readonly string[] | undefined {
  return (declaration) => {
    const found = opening.exec(declaration)?.[1];
    return found === undefined ? undefined : quoted(found);
  };
}

const libraries: Readonly<Record<string, Library>> = {
  // counter!("mc_joins_total", "status" => status).increment(1)
  "rust-metrics": {
    patterns: (["counter", "gauge", "histogram"] as const).map((type) => ({
      pattern: new RegExp(`\\b${type}!\\(\\s*"([^"]+)"([^;]*)`, "gs"),
      type,
    })),
    labels: (declaration) =>
      [...(declaration.split(/\)\s*\./)[0] ?? "").matchAll(/"([a-zA-Z_]\w*)"\s*=>/g)].map(([, name = ""]) => name),
  },
  // prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "mc", Name: "joins_total"}, []string{"status"})
  client_golang: {
    patterns: (["Counter", "Gauge", "Histogram", "Summary"] as const).map((kind) => ({
      pattern: new RegExp(
        `\\bNew${kind}(?:Vec|Func)?\\(\\s*prometheus\\.${kind}Opts\\{((?:[^{}]|\\{[^{}]*\\})*)\\}([^\\n]*(?:\\n\\s*\\[\\]string[^\\n]*)?)`,
        "gs",
      ),
      type: kind === "Counter" ? "counter" : kind === "Gauge" ? "gauge" : kind === "Histogram" ? "histogram" : "summary",
    })),
    labels: (declaration) => listAfter(/\[\]string\{([^}]*)\}/)(declaration) ?? [],
  },
  // Counter.builder("mc.joins").tag("status", …), registry.counter("mc.joins", "status", …)
  micrometer: {
    patterns: [
      { pattern: /\b(?:Counter|FunctionCounter)\.builder\(\s*"([^"]+)"([^;]*)/gs, type: "counter" },
      { pattern: /\bGauge\.builder\(\s*"([^"]+)"([^;]*)/gs, type: "gauge" },
      { pattern: /\b(?:Timer|DistributionSummary)\.builder\(\s*"([^"]+)"([^;]*)/gs, type: "unknown" },
      { pattern: /\b(?:registry|meterRegistry)\.counter\(\s*"([^"]+)"([^;]*)/gs, type: "counter" },
    ],
    labels: (declaration) =>
      /\.tags\(|Tags\./.test(declaration)
        ? undefined
        : [...declaration.matchAll(/\.tag\(\s*"([^"]+)"/g)].map(([, tag = ""]) => tag.replaceAll(/[.-]/g, "_")),
    nameOf: (name, type) => `${name.replaceAll(/[.-]/g, "_")}${type === "counter" && !name.endsWith("total") ? "_total" : ""}`,
  },
  // Counter("mc_joins_total", "help", ["status"])
  prometheus_client: {
    patterns: (["Counter", "Gauge", "Histogram", "Summary"] as const).map((kind) => ({
      pattern: new RegExp(`\\b${kind}\\(\\s*(?:name\\s*=\\s*)?["']([a-zA-Z_:][\\w:]*)["']((?:[^()]|\\([^()]*\\))*)`, "gs"),
      type: kind === "Counter" ? "counter" : kind === "Gauge" ? "gauge" : kind === "Histogram" ? "histogram" : "summary",
    })),
    labels: (declaration) => listAfter(/[,=]\s*[[(]([^\])]*)[\])]/)(declaration) ?? [],
    nameOf: (name, type) => (type === "counter" && !name.endsWith("_total") ? `${name}_total` : name),
  },
  // new client.Counter({ name: "mc_joins_total", help: "…", labelNames: ["status"] })
  "prom-client": {
    patterns: (["Counter", "Gauge", "Histogram", "Summary"] as const).map((kind) => ({
      pattern: new RegExp(`\\bnew\\s+(?:\\w+\\.)?${kind}(?:<[^>]*>)?\\(\\s*\\{((?:[^{}]|\\{[^{}]*\\})*)\\}`, "gs"),
      type: kind === "Counter" ? "counter" : kind === "Gauge" ? "gauge" : kind === "Histogram" ? "histogram" : "summary",
    })),
    labels: (declaration) => listAfter(/labelNames\s*:\s*\[([^\]]*)\]/)(declaration) ?? [],
  },
};

/** A metric in code, and whether its place is one that only tests run. */
export interface FoundInCode {
  readonly metric: LoadedMetric;
  readonly isTest: boolean;
}

/** The metrics that a source file declares with a library, and whether there are some whose name is made at run time. */
export function readCode(
  file: string,
  text: string,
  { library, isTest }: { readonly library: string; readonly isTest: boolean },
): { readonly found: readonly FoundInCode[]; readonly hasMadeNames: boolean } {
  const reader = libraries[library];
  if (!reader) return { found: [], hasMadeNames: false };
  const code = withoutLineComments(text);
  const testsFrom = /#\[cfg\(test\)\]/.exec(code)?.index ?? Infinity;
  const found = reader.patterns.flatMap(({ pattern, type }) =>
    [...code.matchAll(pattern)].flatMap((match): readonly FoundInCode[] => {
      const [whole, first = "", rest = ""] = match;
      const kind = type === "by name" ? "unknown" : type;
      const name = nameOf(library, first, kind);
      if (name === undefined) return [];
      const labels =
        kind === "unknown" ? undefined : reader.labels(library === "client_golang" || library === "prom-client" ? whole : rest);
      const values = labels && Object.fromEntries(labels.map((label) => [label, undefined]));
      const line = code.slice(0, match.index).split("\n").length;
      return [
        {
          isTest: isTest || match.index > testsFrom,
          metric: { name, type: kind, ...(values && { labels: values }), source: "code", subject: { file, name, line } },
        },
      ];
    }),
  );
  return { found, hasMadeNames: /\b(?:counter|gauge|histogram)!\(\s*(?:&|[a-z_]+[,)]|format!)/.test(code) };
}

function nameOf(library: string, declaration: string, type: LoadedMetric["type"]): string | undefined {
  const reader = libraries[library];
  if (library === "client_golang") {
    const field = (key: string): string | undefined => new RegExp(`\\b${key}:\\s*"([^"]*)"`).exec(declaration)?.[1];
    const name = field("Name");
    if (name === undefined || /\b(?:Namespace|Subsystem):\s*[^"\s]/.test(declaration)) return undefined;
    return [field("Namespace"), field("Subsystem"), name].filter((part) => part !== undefined && part !== "").join("_");
  }
  if (library === "prom-client") return /\bname\s*:\s*["'`]([\w:]+)["'`]/.exec(declaration)?.[1];
  return reader?.nameOf?.(declaration, type) ?? declaration;
}

/** Comments name metrics that are gone. Lines keep their numbers. */
function withoutLineComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/^(\s*)(?:\/\/|#(?!\[)).*$/gm, "$1");
}
