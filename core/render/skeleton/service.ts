import { toFill } from "../../model/to-fill";

/** A service on which a new one depends. */
export interface UpstreamService {
  readonly id: string;
  /** As people name it: MC. */
  readonly name: string;
  /** The TypeScript that names its alert that none of its instances is up, and whence it is imported. */
  readonly down: { readonly code: string; readonly imported: string };
}

/** The TypeScript files of a new service, by their paths. */
export function serviceFiles(id: string, upstreams: readonly UpstreamService[] = []): Readonly<Record<string, string>> {
  const prefix = id.toUpperCase();
  const imports = upstreams.map((each) => `import { workload as ${each.id}Workload } from "../${each.id}/workload";\n`).join("");
  const files = {
    "metrics.ts": `import { counter } from "../../core/model";

/** Everything that ${prefix} exports. */
export const metrics = {
  requests: counter("${id}_requests_total", {
    help: "${toFill("what one of them is, as the HELP line of the service says; and its other metrics")}",
    traffic: true,
    labels: { status: ["success", "error"] },
  }),
};
`,
    "workload.ts": `import type { Workload } from "../../core/model";

/** How Prometheus and Kubernetes name it. Its manifests say what is 0 here, and whether the names are right. */
export const workload: Workload = {
  name: "${prefix}",
  namespace: "dark-tower",
  deployments: [{ name: "${id}-service", replicas: 2 }],
  job: "${id}-service",
  port: 0,
  limits: { cpuCores: 0, memoryBytes: 0 * 1024 ** 2 },
};
`,
    "dashboards.ts": `import { dashboard, panel, rateBy, ratio } from "../../core/model";
import { metrics } from "./metrics";

/** Every graph of ${prefix} beside those that its parts bring. */
export const panels = {
  requests: panel("requests", { title: "Requests by status", of: rateBy(metrics.requests, ["status"]) }),
  failures: panel("failures", { title: "Failure ratio", of: ratio(metrics.requests, { bad: { status: "error" } }) }),
};

/** What people look at when an alert of ${prefix} fires. */
export const overview = dashboard("${id}-overview", {
  title: "${prefix} overview",
  description: "${toFill(`what ${prefix} is for, in half a sentence`)}",
  // Parts and upstreams bring their own rows.
  rows: { Traffic: [panels.requests, panels.failures] },
});
`,
    "alerts.ts": `import { thresholds, workloadPart } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
import { panels } from "./dashboards";
import { workload } from "./workload";

const scenarios = runbooks.${id}.incidentResponse;

/** What ${prefix} has as other services do: metrics, panels and alerts. */
export const parts = {
  workload: workloadPart(workload, {
    down: scenarios["scenario-1-down-or-not-scraped"],
    allDownImpact: "${toFill("what users notice when no instance is up")}",
    oneDown: { impact: "${toFill("what users notice when one instance is down")}" },
    restarting: {
      impact: "${toFill("what users notice when an instance restarts")}",
      runbook: scenarios["scenario-2-pods-restarting"],
    },
    resources: scenarios["scenario-3-memory-or-cpu-pressure"],
  }),
};

/** What else pages or warns about ${prefix}. */
export const alerts = {
  failures: thresholds(panels.failures, scenarios["scenario-4-requests-fail"], {
    summary: "{value} of the requests fail",
    warning: { name: "${prefix}Failures", above: 0.05, impact: "${toFill("what users notice when requests fail")}" },
  }),
};
`,
    "index.ts": `import { rate, service${upstreams.length > 0 ? ", upstream" : ""} } from "../../core/model";
import { runbooks } from "../../runbooks/sections";
${imports}import { alerts, parts } from "./alerts";
import { overview } from "./dashboards";
import { metrics } from "./metrics";
import { workload } from "./workload";

export const ${id} = service("${id}", {
  title: "${toFill("its name in full")}",
  workload,
  metrics,
  dashboards: [overview],
  parts,
  alerts,
  blindAlerts: runbooks.${id}.incidentResponse["scenario-5-blind-alerts"],
${upstreams.length > 0 ? `  upstreams: {\n${upstreams.map(upstreamEntry).join("")}  },\n` : ""}  goodDay: { traffic: [rate(metrics.requests, { status: "success" }, { perMinute: 60 })] },
});
`,
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`services/${id}/${name}`, text]));
}

function upstreamEntry({ id, name }: UpstreamService): string {
  return `    ${id}: upstream(${id}Workload, "${toFill(`what goes wrong here without ${name}`)}"),\n`;
}

/** services/cascades.ts with a cascade from each upstream to the new service's own alerts: while the upstream is down, they page nobody. */
export function withCascades(cascades: string, id: string, upstreams: readonly UpstreamService[]): string {
  if (upstreams.length === 0) return cascades;
  const imports = [...upstreams.map(({ down }) => down.imported), `import { alerts as ${id}Alerts } from "./${id}/alerts";`];
  const entries = upstreams.map(
    ({ name, down }) => `  {
    upstream: ${down.code},
    downstream: [${id}Alerts.failures.warning],
    reason: "Without ${name}, ${id.toUpperCase()} cannot serve.",
  },
`,
  );
  const imported = imports.filter((line) => !cascades.includes(line)).reduce(withImport, cascades);
  return imported.replace(/\n\];\n?$/, `\n${entries.join("")}];\n`);
}

/** A file with one more import, by the path among those that are there. */
function withImport(text: string, line: string): string {
  const pathOf = (each: string): string => /from "([^"]*)"/.exec(each)?.[1] ?? "";
  const lines = text.split("\n");
  const own = lines.filter((each) => /^import .*from "\.\//.test(each));
  const before = own.find((each) => pathOf(each) > pathOf(line));
  const after =
    before === undefined
      ? lines.lastIndexOf(own.at(-1) ?? lines.findLast((each) => each.startsWith("import ")) ?? "") + 1
      : lines.indexOf(before);
  return lines.toSpliced(after, 0, line).join("\n");
}

/** The list of services with one more, exported under a name, before those that follow from others; the same text where it is listed already. */
export function withListedService(index: string, id: string, name = id): string {
  if (index.includes(`from "./${id}"`)) return index;
  const imported = withImport(index, `import { ${name} } from "./${id}";`);
  return imported.replace(/= \[([^\]]*)\]/, (_, list: string) => {
    const names = list
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
    const at = names.findIndex((one) => one.endsWith("Service"));
    return `= [${names.toSpliced(at < 0 ? names.length : at, 0, name).join(", ")}]`;
  });
}
