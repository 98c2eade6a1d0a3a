import { toFill } from "../../model/to-fill";

/** The TypeScript files of a new service, by their paths. */
export function serviceFiles(id: string): Readonly<Record<string, string>> {
  const prefix = id.toUpperCase();
  const files = {
    "metrics.ts": `import { counter } from "../../core/model/metric";

/** Everything that ${prefix} exports. */
export const metrics = {
  requests: counter("${id}_requests_total", {
    unit: "requests",
    help: "${toFill("what one of them is, as the HELP line of the service says; and its other metrics")}",
    traffic: true,
    labels: { status: ["success", "error"] },
  }),
};
`,
    "workload.ts": `import type { Workload } from "../../core/model/workload";

/** How Prometheus and Kubernetes name it: as its manifests do. */
export const workload: Workload = {
  name: "${prefix}",
  namespace: "dark-tower",
  deployments: [{ name: "${id}-service", replicas: 2 }],
  job: "${id}-service",
  port: 8080,
  limits: { cpuCores: 1, memoryBytes: 1024 ** 3 },
};
`,
    "dashboards.ts": `import { ratio, rateBy } from "../../core/model/measure";
import { dashboard, panel } from "../../core/model/panel";
import { healthRow, resourceRow, workloadPanels } from "../../core/model/standard/workload";
import { metrics } from "./metrics";
import { workload } from "./workload";

/** Every graph of ${prefix}. */
export const panels = {
  ...workloadPanels(workload),

  requests: panel("requests", {
    title: "Requests by status",
    description: "Requests that ${prefix} answered, and how.",
    of: rateBy(metrics.requests, ["status"]),
  }),
  failures: panel("failures", {
    title: "Failure ratio",
    description: "Share of the requests that failed.",
    of: ratio(metrics.requests, { bad: { status: "error" } }),
  }),
};

/** What people look at when an alert of ${prefix} fires. */
export const overview = dashboard("${id}-overview", {
  title: "${prefix} overview",
  description: "${toFill(`what ${prefix} is for, in half a sentence`)}",
  rows: {
    Health: healthRow(panels),
    Traffic: [panels.requests, panels.failures],
    Resources: resourceRow(panels),
  },
});
`,
    "alerts.ts": `import { alert } from "../../core/model/declared-alert";
import { workloadAlerts } from "../../core/model/standard/workload";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { workload } from "./workload";

const scenarios = runbooks.${id}.incidentResponse;

/** What pages or warns about ${prefix}. */
export const alerts = {
  ...workloadAlerts(workload, panels, {
    down: scenarios["scenario-1-down-or-not-scraped"],
    allDownImpact: "${toFill("what users notice when no instance is up")}",
    oneDown: { severity: "warning", impact: "${toFill("what users notice when one instance is down")}" },
    restarting: {
      severity: "warning",
      impact: "${toFill("what users notice when an instance restarts")}",
      allowed: 2,
      runbook: scenarios["scenario-2-pods-restarting"],
    },
    resources: scenarios["scenario-3-memory-or-cpu-pressure"],
  }),
  failures: alert("${prefix}Failures", {
    panel: panels.failures,
    above: 0.05,
    severity: "warning",
    summary: "{value} of the requests fail",
    impact: "${toFill("what users notice when requests fail")}",
    runbook: scenarios["scenario-4-requests-fail"],
  }),
};
`,
    "index.ts": `import { rate } from "../../core/model/good-day";
import { service } from "../../core/model/declared-service";
import { runbooks } from "../../runbooks/sections";
import { alerts } from "./alerts";
import { overview } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

export const ${id} = service("${id}", {
  title: "${toFill("its name in full")}",
  workload,
  metrics,
  dashboards: [overview],
  alerts,
  blindAlerts: runbooks.${id}.incidentResponse["scenario-5-blind-alerts"],
  // On whom it depends: mc: { reason: "…", seenBy: [panels.mcUp], step: "Check MC health" }
  upstreams: {},
  goodDay: { traffic: [rate(metrics.requests, { status: "success" }, { perMinute: 60 })], background: [] },
});
`,
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`services/${id}/${name}`, text]));
}

/** The list of services with one more, exported under a name, before those that follow from others; the same text where it is listed already. */
export function withListedService(index: string, id: string, name = id): string {
  if (index.includes(`from "./${id}"`)) return index;
  const imported = index.replace(/^import (?!type)/m, `import { ${name} } from "./${id}";\nimport `);
  return imported.replace(/= \[([^\]]*)\]/, (_, list: string) => {
    const names = list
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
    const at = names.findIndex((one) => one.endsWith("Service"));
    return `= [${names.toSpliced(at < 0 ? names.length : at, 0, name).join(", ")}]`;
  });
}
