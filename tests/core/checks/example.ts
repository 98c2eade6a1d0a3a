import { readMarkdown } from "../../../core/load/markdown";
import type { Alert } from "../../../core/model/alert";
import { alert } from "../../../core/model/declared-alert";
import { fires, quiet, series } from "../../../core/model/example";
import { counter, gauge, histogram, type Catalog } from "../../../core/model/metric";
import type { Model } from "../../../core/model/model";
import { panel, type Panel } from "../../../core/model/panel";
import { promql, queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import type { Service } from "../../../core/model/service";
import { renderSectionsFile } from "../../../core/render/sections-file";
import { platform } from "../../../core/model/standard/platform";

const actorType = { actor_type: ["Meeting", "Connection"] } as const;

/** One metric of each kind. */
export const metrics = {
  depth: gauge("ex_depth", { unit: "messages", help: "Waiting.", labels: actorType, requiredGrouping: "actor_type" }),
  dropped: counter("ex_dropped_total", { unit: "messages", help: "Lost.", labels: actorType, requiredGrouping: "actor_type" }),
  joins: counter("ex_joins_total", { unit: "joins", help: "Joins.", labels: { status: ["success", "failure"] } }),
  latency: histogram("ex_latency_seconds", {
    unit: "seconds",
    help: "Time.",
    labels: { status: ["success", "failure"] },
    buckets: [0.1, 0.5, 1],
  }),
};

/** The panel on which the example's alert stands. */
export const depthPanel = panel("depth", {
  title: "Depth",
  description: "What waits.",
  unit: "short",
  queries: { depth: { query: promql`max by (actor_type) (${metrics.depth})`, legend: "{{actor_type}}" } },
});

/** A recording rule that other queries can read. */
export const p95 = recordingRule("ex:ex_latency_seconds:p95_5m", {
  query: promql`histogram_quantile(0.95, sum by (status, le) (rate(${metrics.latency.bucket}[5m])))`,
});

/** An alert without fault. */
export const deepAlert: Alert = alert("EXDeep", {
  panel: depthPanel,
  above: 100,
  for: "5m",
  severity: "warning",
  summary: "{actor_type} holds {value}",
  impact: "Delays.",
  runbook: { path: "ex/incident-response.md", slug: "scenario-1-deep-mailboxes", title: "Scenario 1: Deep mailboxes" },
  examples: [
    fires({ input: [series(metrics.depth, { actor_type: "Meeting" }, "101x10")], at: "5m", value: 101 }),
    quiet("nothing waits", { input: [], until: "10m" }),
  ],
});

/** A runbook without fault. */
export const runbook = `# EX incident response

## Scenario 1: Deep mailboxes

### Symptoms

\`EXDeep\` fires.

### Impact

Delays.

### Diagnosis

1. **Check upstream.** Is it there?

   \`\`\`promql panel=ex-overview/depth
   max by (actor_type) (ex_depth)
   \`\`\`

### Remediation

Wait.

### Escalation

Nobody.
`;

/** What a row of a table changes about the example. */
export interface Change {
  readonly alert?: Partial<Alert>;
  /** Further alerts on the same panel. */
  readonly alerts?: readonly Alert[];
  readonly metrics?: Catalog;
  /** A panel beside the alert's. */
  readonly panel?: Partial<Panel>;
  /** The query of that panel. */
  readonly query?: string;
  readonly markdown?: (text: string) => string;
  readonly service?: Partial<Service>;
  readonly model?: Partial<Model>;
}

/** A whole model of one service, with one thing changed. */
export function exampleModel({
  alert: alertChange,
  alerts = [],
  metrics: catalog,
  panel: panelChange,
  query,
  markdown,
  service,
  model,
}: Change = {}): Model {
  const extra: Panel = {
    ...panel("extra", {
      title: "Extra",
      description: "Something else.",
      unit: "short",
      queries: { extra: { query: queryOf(query ?? "sum(up)"), legend: "extra" } },
    }),
    ...panelChange,
  };
  const documents = [readMarkdown("ex/incident-response.md", markdown ? markdown(runbook) : runbook)];
  const example: Service = {
    id: "ex",
    title: "Example",
    metricPrefix: "ex_",
    alertPrefix: "EX",
    workload: {
      name: "EX",
      namespace: "dark-tower",
      deployments: [{ name: "ex", replicas: 1 }],
      job: "ex-service",
      port: 8080,
      limits: { cpuCores: 1, memoryBytes: 1024 ** 3 },
    },
    metrics: catalog ?? metrics,
    dashboards: [
      {
        uid: "ex-overview",
        title: "EX overview",
        description: "Example.",
        rows: [{ title: "Row", panels: [depthPanel, extra] }],
      },
    ],
    recordingRules: [p95],
    alerts: [{ ...deepAlert, ...alertChange }, ...alerts],
    slos: [],
    ...service,
  };
  return {
    services: [example],
    platform,
    runbooks: documents,
    sectionsFile: renderSectionsFile(documents),
    dependencies: [],
    cascades: [],
    journeys: [],
    ...model,
  };
}
