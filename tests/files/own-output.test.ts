import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { configurationSchema } from "../../core/load/files/configuration";
import { indexOf } from "../../core/model/model";
import { renderDashboard } from "../../core/render/dashboard";
import { renderRuleObjects } from "../../core/render/prometheus-rule";
import { loadProject } from "../../project";
import { findingsOf } from "./repository";

const environment = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};

describe("what this project deploys, loaded as files", () => {
  it("has no finding: the two ways into the model agree", () => {
    const model = loadProject(resolve(__dirname, "../.."));
    const index = indexOf(model);
    const files = new Map<string, string>();
    for (const { path, text } of model.runbooks) files.set(path, text);
    for (const service of model.services) {
      for (const object of renderRuleObjects(service, index, environment)) {
        const document = {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: object.name },
          spec: { groups: object.groups },
        };
        files.set(`rules/${object.name}.yaml`, stringify(document));
      }
      for (const dashboard of service.dashboards)
        files.set(`dashboards/${dashboard.uid}.json`, renderDashboard(dashboard, service, index, environment));
    }
    const settings = configurationSchema.parse({
      rules: ["rules/*"],
      dashboards: ["dashboards/*"],
      runbooks: ["**/*.md"],
      runbookUrls: ["https://runbooks.example.com/"],
      privacy: true,
    });
    assert.ok([...files.keys()].filter((file) => file.startsWith("rules/")).length >= 2);
    assert.deepEqual(findingsOf(files, settings), []);
  });
});
