import assert from "node:assert/strict";
import { resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { ServiceObservability } from "../../components/service-observability";
import { checks } from "../../core/checks";
import type { Model } from "../../core/model/model";
import { checkModel } from "../../core/checks/check";
import { loadProject } from "../../project";
import { recordResources, settled, valueOf, type Recorded } from "./recorded";

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

describe("what another resource says", () => {
  const { checked: model } = checkModel(loadProject(resolve(__dirname, "../..")), checks);
  const service = model?.services.find(({ id }) => id === "mc");
  assert.ok(model && service);

  it("reaches rules, dashboards and outputs, and changes nothing else", async () => {
    const known = recordResources();
    const direct = new ServiceObservability("mc", { service, model, environment });
    await settled();
    const later = recordResources();
    const outputs = {
      namespace: pulumi.output(environment.namespace),
      grafanaUrl: pulumi.output(`${environment.grafanaUrl}/`),
      runbookBaseUrl: Promise.resolve(environment.runbookBaseUrl),
    };
    const waiting = new ServiceObservability("mc", { service, model, environment: outputs });
    await settled();
    const objects = (all: readonly Recorded[]) =>
      all
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map((resource) => JSON.stringify(resource))
        .sort();
    assert.deepEqual(objects(later), objects(known));
    const address = { direct: direct.deployed.dashboards["mc-overview"], waiting: waiting.deployed.dashboards["mc-overview"] };
    // Known at once where it can be: a program that returns it returns plain data.
    assert.equal(address.direct, "https://grafana.example.com/d/mc-overview");
    assert.ok(pulumi.Output.isInstance(address.waiting));
    assert.equal(await valueOf(address.waiting), address.direct);
  });

  it("may be a transformation of every object that the component makes", async () => {
    recordResources();
    const seen: string[] = [];
    const transformations: pulumi.ResourceTransformation[] = [
      ({ type, props, opts }) => {
        seen.push(type.split(":").at(-1) ?? "");
        return { props, opts };
      },
    ];
    new ServiceObservability("mc", { service, model, environment, scrapeTarget: "pod-monitor" }, { transformations });
    await settled();
    assert.deepEqual([...new Set(seen)].sort(), [
      "ConfigMap",
      "GrafanaDashboards",
      "PodMonitor",
      "PrometheusRule",
      "PrometheusRules",
      "RunbookConfigMaps",
      "Scraping",
      "ServiceObservability",
    ]);
  });

  it("is refused of a program that is not compiled: a model that nobody has checked, or that does not hold the service", () => {
    const parts: Model = model;
    const unchecked = { ...parts };
    assert.throws(
      // @ts-expect-error -- a copy does not compile
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it is what is refused
      () => new ServiceObservability("mc", { service, model: unchecked, environment }),
      /model has not passed its checks: give the one that checkModel\(model, checks\) returns\./,
    );
    const other = { ...service, id: "other" };
    assert.throws(
      () => new ServiceObservability("mc", { service: other, model, environment }),
      /service "other" is not one of the model's, which are .*: its alerts' links were not checked\./,
    );
  });
});
