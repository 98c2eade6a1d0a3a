import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { configurationSchema } from "../../../core/load/files/configuration";
import { seriesNames, type Metric } from "../../../core/model/metric";
import { panelsOf, type Panel, type PanelQuery } from "../../../core/model/panel";
import type { Service } from "../../../core/model/service";
import { loadProject } from "../../../project";
import { environment } from "../../core/render/environment";
import { changesBetween, documentsOf, told, type Documents } from "./compared";
import { compilerFaults, declared, imported, runbooksOf } from "./imported";

const settings = configurationSchema.parse({
  rules: ["rules/*"],
  dashboards: ["dashboards/*"],
  runbooks: ["**/*.md"],
  manifests: ["deployments/*"],
  metrics: [{ files: ["metrics/*"], as: "scrape" }],
  runbookUrls: [`${environment.runbookBaseUrl}/`],
});

describe.each(["gc", "mc"])("what this project deploys of %s, imported", (id) => {
  const model = loadProject(resolve(__dirname, "../../.."));
  const service = model.services.find((one) => one.id === id) ?? assert.fail(id);
  const documents = documentsOf(service, model.runbooks.filter(({ path }) => path.startsWith(`${id}/`)), model); // prettier-ignore
  const result = imported(id, filesOf(service, documents), settings);

  it("compiles, and deploys the same again", () => {
    assert.deepEqual(compilerFaults(result.files), []);
    const again = documentsOf(declared(id, result.files), runbooksOf(result));
    // A link to the other service's runbook, which was not copied, leads to where that is shown.
    assert.deepEqual(changesBetween(withAddresses(documents), again).map(told), []);
  });

  it("is in the short form again: what was a measure is one, and what was a threshold", () => {
    const { alerts, dashboards } = result.found;
    const written = measuresOf(dashboards.flatMap(({ panels }) => panels.map(({ panel }) => panel)));
    const missing = measuresOf(service.dashboards.flatMap(panelsOf)).filter((type) => {
      const at = written.indexOf(type);
      if (at >= 0) written.splice(at, 1);
      return at < 0;
    });
    assert.deepEqual(missing, []);
    const thresholds = service.alerts.filter(({ when }) => !("expression" in when));
    assert.deepEqual(
      alerts.flatMap(({ rule, threshold }) => (threshold ? [rule.name] : [])).sort(),
      thresholds.map(({ name }) => name).sort(),
    );
  });
});

/** What the queries of panels are, where they know. */
function measuresOf(panels: readonly Panel[]): string[] {
  return panels
    .flatMap(({ queries }) => Object.values<PanelQuery>(queries))
    .flatMap(({ measure }) => (measure && measure.type !== "expression" ? [measure.type] : []));
}

function withAddresses({ runbooks, ...documents }: Documents): Documents {
  const address = `](${environment.runbookBaseUrl}/`;
  const texts = Object.entries(runbooks).map(([path, text]) => [path, text.replaceAll("](../", address)] as const);
  return { ...documents, runbooks: Object.fromEntries(texts) };
}

/** Everything of a service as files. */
function filesOf({ id, metrics, workload }: Service, { groups, dashboards, runbooks }: Documents): ReadonlyMap<string, string> {
  const deployments = (workload?.deployments ?? []).map(({ name, replicas }) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: workload?.namespace },
    spec: {
      replicas,
      template: {
        spec: {
          containers: [
            {
              name,
              ports: [{ containerPort: workload?.port }],
              resources: { limits: { cpu: workload?.limits.cpuCores, memory: workload?.limits.memoryBytes } },
            },
          ],
        },
      },
    },
  }));
  return new Map([
    [`rules/${id}.yaml`, stringify({ groups })],
    ...dashboards.map((text, index) => [`dashboards/${id}-${index}.json`, text] as const),
    ...Object.entries(runbooks).map(([path, text]) => [path, text] as const),
    ...deployments.map((manifest) => [`deployments/${manifest.metadata.name}.yaml`, stringify(manifest)] as const),
    [`metrics/${id}.prom`, Object.values(metrics).map(exposed).join("")],
  ]);
}

/** A metric as /metrics answers it. */
function exposed(metric: Metric): string {
  const labels = Object.keys(metric.labels).map((label) => `${label}="x"`);
  const samples = seriesNames(metric).flatMap((name) => {
    const buckets = name.endsWith("_bucket") && metric.type === "histogram" ? metric.buckets.map((le) => `le="${le}"`) : [""];
    return buckets.map((le) => `${name}{${[...labels, ...(le === "" ? [] : [le])].join(",")}} 1\n`);
  });
  return `# HELP ${metric.name} ${metric.help}\n# TYPE ${metric.name} ${metric.type}\n${samples.join("")}`;
}
