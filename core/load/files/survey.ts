import type { Renderer } from "../../model/renderer";
import { holdsDashboard } from "./dashboard";
import { matching } from "./find-files";
import { readJsonDocument, readYamlDocuments, type Document } from "./documents";
import type { Repository } from "./load-files";
import { holdsRules } from "./rules";
import { mapOf } from "./shape";

/** What the configuration calls a kind of file, and how files of it were recognised. */
export type Kind = "rules" | "dashboards" | "runbooks" | "manifests" | "prometheus" | "alertmanager" | "sql";

/** What a look at a repository has found. */
export interface Survey {
  /** Globs by kind, and how many files each has. */
  readonly globs: Readonly<Record<Kind, readonly string[]>>;
  readonly metrics: readonly { readonly files: string; readonly as: string; readonly count: number }[];
  readonly counts: Readonly<Record<Kind, number>>;
  /** What looks like one of these and could not be placed, with why. */
  readonly unplaced: readonly { readonly file: string; readonly why: string }[];
  /** What most runbook_urls begin with. */
  readonly runbookUrls: readonly string[];
  /** What makes pages of the repository's Markdown, where its configuration lies there. */
  readonly runbookRenderer?: Renderer;
}

const sources: readonly { readonly as: string; readonly ext: RegExp; readonly uses: RegExp }[] = [
  { as: "rust-metrics", ext: /\.rs$/, uses: /\b(?:counter|gauge|histogram)!\(/ },
  { as: "client_golang", ext: /\.go$/, uses: /prometheus\.(?:Counter|Gauge|Histogram|Summary)Opts/ },
  { as: "micrometer", ext: /\.(?:java|kt)$/, uses: /io\.micrometer\b/ },
  { as: "prometheus_client", ext: /\.py$/, uses: /\bprometheus_client\b/ },
  { as: "typescript", ext: /\.ts$/, uses: /\b(?:counter|gauge|histogram)\(\s*["'`]\w+["'`]\s*,\s*\{[^}]*\blabels\b/ },
  { as: "prom-client", ext: /\.[cm]?[jt]s$/, uses: /["']prom-client["']/ },
];
const runbookFolder = /(^|\/)(runbooks?|playbooks?|on-?call|incidents?)(\/|[-_.])/i;

/** Looks at every file of a repository, and says what it is. */
export function surveyRepository({ files, read }: Repository): Survey {
  const found: Record<Kind, string[]> = {
    rules: [],
    dashboards: [],
    runbooks: [],
    manifests: [],
    prometheus: [],
    alertmanager: [],
    sql: [],
  };
  const code = new Map<string, string[]>();
  const unplaced: { file: string; why: string }[] = [];
  const urls: string[] = [];
  for (const file of files) {
    const source = sources.find(({ ext }) => ext.test(file));
    if (!source && !/\.(ya?ml|json|md|markdown|sql|prom|rules)$/i.test(file)) continue;
    const content = read(file);
    if ("message" in content) {
      unplaced.push({ file, why: content.message });
      continue;
    }
    const { text } = content;
    if (source) {
      if (source.uses.test(text)) code.set(source.as, [...(code.get(source.as) ?? []), file]);
      continue;
    }
    if (file.endsWith(".prom") || (file.endsWith(".txt") && /^# TYPE \w+ \w+$/m.test(text)))
      code.set("scrape", [...(code.get("scrape") ?? []), file]);
    else if (/\.sql$/i.test(file)) {
      if (/\bcreate\s+table\b|\balter\s+table\b/i.test(text)) found.sql.push(file);
    } else if (/\.(md|markdown)$/i.test(file)) {
      if (runbookFolder.test(file)) found.runbooks.push(file);
    } else {
      const { documents, faults } = file.endsWith(".json") ? readJsonDocument(text) : readYamlDocuments(text);
      const [fault] = faults;
      if (fault && /\balert:|"panels"|PrometheusRule/.test(text)) unplaced.push({ file, why: fault.message });
      for (const kind of new Set(documents.flatMap(kindsOf))) found[kind].push(file);
      urls.push(...[...text.matchAll(/runbook_url:\s*["']?(https?:\/\/[^\s"'{#]+\/)[^/\s"'#]+\.md/g)].map(([, url = ""]) => url));
    }
  }
  const globs = mapKinds(found, (list) => globsOf(list));
  return {
    globs,
    metrics: [...code].flatMap(([as, list]) =>
      globsOf(list).map((glob) => ({ files: glob, as, count: matching(list, [glob]).length })),
    ),
    counts: mapKinds(found, (list) => list.length),
    unplaced,
    runbookUrls: runbookBases(urls, files),
    ...rendererOf(files),
  };
}

function rendererOf(files: readonly string[]): Pick<Survey, "runbookRenderer"> {
  if (files.some((file) => /(^|\/)mkdocs\.ya?ml$/.test(file))) return { runbookRenderer: "mkdocs" };
  return files.some((file) => /(^|\/)docusaurus\.config\.[cm]?[jt]s$/.test(file)) ? { runbookRenderer: "docusaurus" } : {};
}

function kindsOf(document: Document): readonly Kind[] {
  const top = mapOf(document.value);
  const data = Object.values(mapOf(top["data"]));
  const isObject = typeof top["apiVersion"] === "string" && typeof top["kind"] === "string";
  return [
    ...(holdsRules(document) ? (["rules"] as const) : []),
    ...(holdsDashboard(document) ||
    (top["kind"] === "ConfigMap" && data.some((text) => typeof text === "string" && /"panels"\s*:/.test(text)))
      ? (["dashboards"] as const)
      : []),
    ...(isObject && !String(top["apiVersion"]).startsWith("dashboard.grafana") ? (["manifests"] as const) : []),
    ...(Array.isArray(top["scrape_configs"]) || Array.isArray(top["rule_files"]) ? (["prometheus"] as const) : []),
    ...(top["route"] !== undefined && Array.isArray(top["receivers"]) ? (["alertmanager"] as const) : []),
  ];
}

/** One glob a folder and ending. */
function globsOf(files: readonly string[]): readonly string[] {
  const globs = files.map((file) => {
    const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : "";
    return `${escaped(folder)}*${/\.\w+$/.exec(file)?.[0] ?? ""}`;
  });
  const counted = [...new Set(globs)].sort();
  // Many folders with one parent are one place.
  const parents = new Map<string, string[]>();
  for (const glob of counted) {
    const [top = ""] = glob.split("/");
    const key = glob.includes("/") ? `${top}/**/*${/\.\w+$/.exec(glob)?.[0] ?? ""}` : glob;
    parents.set(key, [...(parents.get(key) ?? []), glob]);
  }
  return [...parents].flatMap(([parent, group]) => (group.length > 3 ? [parent] : group));
}

/** A folder's name may have what means something in a glob. */
function escaped(folder: string): string {
  return folder.replace(/[\\!()[\]{}*?+@|]/g, "\\$&");
}

/** The part of an address before a path of this repository. */
function runbookBases(urls: readonly string[], files: readonly string[]): readonly string[] {
  const folders = new Set(
    files
      .filter((file) => file.endsWith(".md"))
      .map((file) => (file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : "")),
  );
  const bases = urls.flatMap((url) =>
    [...folders].filter((folder) => folder !== "" && url.endsWith(`/${folder}`)).map((folder) => url.slice(0, -folder.length)),
  );
  return [...new Set(bases)];
}

function mapKinds<T>(found: Readonly<Record<Kind, readonly string[]>>, change: (files: readonly string[]) => T): Record<Kind, T> {
  const { rules, dashboards, runbooks, manifests, prometheus, alertmanager, sql } = found;
  return {
    rules: change(rules),
    dashboards: change(dashboards),
    runbooks: change(runbooks),
    manifests: change(manifests),
    prometheus: change(prometheus),
    alertmanager: change(alertmanager),
    sql: change(sql),
  };
}
