import assert from "node:assert/strict";
import { resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { ServiceObservability } from "../../components/service-observability";
import { checks } from "../../core/checks";
import { checkModel } from "../../core/checks/check";
import { loadProject } from "../../project";
import { recordResources, valueOf, type Recorded } from "./recorded";

const environment = {
  namespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};

describe("ServiceObservability", () => {
  let recorded: Recorded[] = [];
  let urn = "";

  beforeAll(async () => {
    recorded = recordResources();
    const { checked: model } = checkModel(loadProject(resolve(__dirname, "../..")), checks);
    assert.ok(model);
    for (const service of model.services.filter(({ id }) => id === "mc")) {
      const component = new ServiceObservability("mc", {
        service,
        model,
        environment,
        namePrefix: "dark-tower-",
        partOf: "dark-tower",
        dashboardDelivery: "grafana-api",
        ruleLabels: { release: "prometheus" },
      });
      urn = await valueOf(component.urn);
    }
    await new Promise((done) => setTimeout(done, 0));
  });

  it("registers the chain under type tokens that never change", () => {
    assert.deepEqual(recorded.map(({ type, name }) => `${type} ${name}`).sort(), [
      "dark-tower:observability:GrafanaDashboards mc-dashboards",
      "dark-tower:observability:PrometheusRules mc-rules",
      "dark-tower:observability:RunbookConfigMaps mc-runbooks",
      "dark-tower:observability:ServiceObservability mc",
      "grafana:oss/dashboard:Dashboard mc-dashboards-mc-overview",
      "grafana:oss/dashboard:Dashboard mc-dashboards-mc-rollout",
      "grafana:oss/folder:Folder mc-dashboards",
      "kubernetes:core/v1:ConfigMap mc-runbooks",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule mc-rules",
    ]);
    assert.match(urn, /::dark-tower:observability:ServiceObservability::mc$/);
  });

  it("labels every Kubernetes object with whom it belongs to, and rules with what selects them", () => {
    const own = {
      "app.kubernetes.io/name": "mc",
      "app.kubernetes.io/component": "observability",
      "app.kubernetes.io/part-of": "dark-tower",
      "app.kubernetes.io/managed-by": "pulumi",
    };
    const labels = recorded.flatMap(({ type, inputs }) =>
      type.startsWith("kubernetes:") ? [[type, Reflect.get(Object(inputs["metadata"]), "labels")]] : [],
    );
    assert.deepEqual(Object.fromEntries(labels), {
      "kubernetes:core/v1:ConfigMap": own,
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule": { ...own, release: "prometheus" },
    });
  });
});
