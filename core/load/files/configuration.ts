import { z } from "zod";
import { renderers } from "../../model/renderer";

const globs = z.array(z.string().min(1)).default([]);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "is a day such as 2026-12-31");
const families = z
  .array(z.string())
  .optional()
  .describe('How the metrics of these files begin, such as ["mc_"]. What they begin with, when left out.');

const metricSource = z.strictObject({
  files: z.array(z.string().min(1)).min(1).describe("Globs from the configuration's folder."),
  as: z
    .enum(["scrape", "markdown", "typescript", "rust-metrics", "client_golang", "micrometer", "prometheus_client", "prom-client"])
    .describe(
      "scrape: what /metrics answers, as text or OpenMetrics. markdown: a heading or a table row a metric. typescript: a catalog that is declared with this package. The others: source code that uses this library.",
    ),
  prefixes: families,
  tests: globs.describe("Files of these that only tests run. A metric that nothing else emits is reported."),
});

const exception = z.strictObject({
  check: z.string().describe("The check's id, as a finding prints it."),
  file: z.string().optional().describe("A glob. Every file, when left out."),
  name: z.string().optional().describe("The alert, panel or metric of the finding, with * for anything."),
  reason: z.string().min(1),
  until: day.describe("The last day on which it holds."),
});

/** The configuration file, chain.yaml: where the files are, and what they cannot say themselves. */
export const configurationSchema = z.strictObject({
  rules: globs.describe("Prometheus rule files, PrometheusRule manifests, the output of `helm template`."),
  dashboards: globs.describe("Grafana dashboards as JSON, classic or v2."),
  runbooks: globs.describe("Markdown that alerts lead to, and other documents whose links and commands are checked."),
  metrics: z.array(metricSource).default([]).describe("What exists. Without it no metric is reported as missing."),
  manifests: globs.describe("Kubernetes manifests, or what kustomize or Helm makes."),
  prometheus: globs.describe("Prometheus' configuration (prometheus.yml)."),
  alertmanager: globs.describe("Alertmanager's configuration."),
  sql: globs.describe("The database's schema or migrations: CREATE TABLE and ALTER TABLE."),
  runbookUrls: z
    .array(z.string().min(1))
    .default([])
    .describe("What stands before a file's path in runbook_url, such as https://github.com/acme/ops/blob/main/."),
  runbookRenderer: z
    .enum(renderers)
    .default("github")
    .describe("What shows the runbooks to people, which decides on the anchors of headings and on the form of addresses."),
  targetLabels: z
    .array(z.string())
    .optional()
    .describe("The labels that every scrape adds, such as [job, instance]. Left out: the usual ones, none of them for sure."),
  elsewhere: z
    .strictObject({ metrics: globs, alerts: globs, dashboards: globs })
    .default({ metrics: [], alerts: [], dashboards: [] })
    .describe("Names of what is kept elsewhere, with * for anything."),
  exceptions: z.array(exception).default([]),
  privacy: z
    .boolean()
    .default(false)
    .describe("Whether labels, variables, legends and commands may not name a person, a meeting or a session."),
  baseline: z.string().optional().describe("A file of findings that are accepted for now."),
});

/** What chain.yaml says. */
export type Configuration = z.infer<typeof configurationSchema>;

/** One source of metrics. */
export type MetricSource = Configuration["metrics"][number];

/** An accepted kind of finding, with its reason and its last day. */
export type Exception = Configuration["exceptions"][number];

/** The JSON schema of chain.yaml, for editors. */
export function configurationJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(configurationSchema, { io: "input" });
  return `${JSON.stringify({ $schema, title: "chain.yaml", ...schema }, null, 2)}\n`;
}
