import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { AlertmanagerConfiguration } from "../../components/alertmanager-configuration";
import { GrafanaDashboards } from "../../components/grafana-dashboards";
import { PrometheusRules } from "../../components/prometheus-rules";
import { RunbookConfigMaps } from "../../components/runbook-config-maps";
import { inTemporaryFolder } from "../../core/simulate/local-server";
import { recordResources, settled, type Recorded } from "./recorded";

const group = { name: "up", rules: [{ alert: "Down", expr: "up == 0" }] };
const labels = { team: "shop" };

/** Components that take plain data, without any model. */
describe("a component on its own", () => {
  let recorded: Recorded[] = [];
  beforeEach(() => {
    recorded = recordResources();
  });
  const objects = async (): Promise<readonly (readonly unknown[])[]> => {
    await settled();
    return recorded
      .filter(({ type }) => !type.startsWith("dark-tower:"))
      .map(({ type, name, inputs }) => [type.split(":").at(-1), name, inputs["metadata"] ?? inputs["title"] ?? inputs["folder"]]);
  };
  const names = async (): Promise<readonly string[]> => {
    await settled();
    return recorded.flatMap(({ type, name }) => (type.startsWith("dark-tower:") ? [] : [name]));
  };

  it("deploys rule groups, some of which come from another resource, in a namespace that does", async () => {
    new PrometheusRules("rules", { groups: [group, pulumi.output(group)], namespace: pulumi.output("shop"), labels });
    assert.deepEqual(await objects(), [["PrometheusRule", "rules", { name: "rules", namespace: "shop", labels }]]);
    assert.deepEqual(recorded.at(-1)?.inputs["spec"], { groups: [group, group] });
  });

  it("deploys rules to a Prometheus without operator as files", async () => {
    new PrometheusRules("rules", { groups: [group], namespace: "shop", target: "configmap", objectName: "shop-rules" });
    assert.deepEqual(await objects(), [["ConfigMap", "rules", { name: "shop-rules", namespace: "shop", labels: {} }]]);
    assert.match(JSON.stringify(recorded.at(-1)?.inputs["data"]), /^\{"shop-rules\.yaml":"groups:\\n/);
  });

  it("deploys rule files, and begins a second object where one would be refused", async () => {
    const large = { name: "large", rules: [{ alert: "Large", expr: "up", annotations: { text: "x".repeat(300 * 1024) } }] };
    await inTemporaryFolder((folder) => {
      const file = join(folder, "rules.yaml");
      writeFileSync(file, JSON.stringify({ groups: [large] }));
      new PrometheusRules("rules", { groups: [large], files: [file], namespace: "shop" });
      return Promise.resolve();
    });
    assert.deepEqual(await names(), ["rules", "rules-2"]);
  });

  it("refuses what is no rule file, and no rules at all", async () => {
    await inTemporaryFolder((folder) => {
      const file = join(folder, "rules.yaml");
      for (const [text, reason] of [
        ["groups: 1", /holds no rule groups/],
        ["- a", /holds no rule groups/],
        ["a: [", /cannot be read/],
      ] as const) {
        writeFileSync(file, text);
        assert.throws(() => new PrometheusRules("rules", { files: [file], namespace: "shop" }), reason);
      }
      return Promise.resolve();
    });
    assert.throws(() => new PrometheusRules("rules", { namespace: "shop" }), /Give groups or files/);
    assert.throws(() => new PrometheusRules("Rules", { groups: [group], namespace: "shop" }), /objectName is "Rules"/);
  });

  it("deploys dashboards either way", async () => {
    const folder = { title: "Shop", uid: "shop" };
    const dashboards = { shop: pulumi.output("{}") };
    new GrafanaDashboards("as-maps", { dashboards, folder, namespace: "shop", namePrefix: "shop-", labels });
    new GrafanaDashboards("by-api", { dashboards, folder, delivery: "grafana-api" });
    assert.deepEqual(await objects(), [
      ["Folder", "by-api", "Shop"],
      [
        "ConfigMap",
        "as-maps-shop",
        {
          name: "shop-dashboard-shop",
          namespace: "shop",
          labels: { ...labels, grafana_dashboard: "1" },
          annotations: { grafana_folder: "Shop" },
        },
      ],
      ["Dashboard", "by-api-shop", "shop"],
    ]);
    assert.throws(() => new GrafanaDashboards("maps", { dashboards, folder }), /namespace is missing/);
  });

  it("deploys runbooks", async () => {
    new RunbookConfigMaps("runbooks", { files: { "a.md": "# A" }, namespace: "shop" });
    assert.deepEqual(await objects(), [["ConfigMap", "runbooks", { name: "runbooks", namespace: "shop", labels: {} }]]);
  });

  it("deploys what runbooks show beside them, as it is", async () => {
    new RunbookConfigMaps("runbooks", {
      files: { "a.md": "![x](x.png)" },
      binaryFiles: { "x.png": "iVBORw==" },
      namespace: "shop",
    });
    assert.deepEqual(
      (await objects()).map(([kind, name]) => [kind, name]),
      [
        ["ConfigMap", "runbooks"],
        ["ConfigMap", "runbooks-files"],
      ],
    );
    assert.deepEqual(recorded.at(-1)?.inputs["binaryData"], { "x.png": "iVBORw==" });
  });

  it("keeps the routing, whose Secrets may be missing, apart from the inhibitions", async () => {
    const receivers = { page: { type: "webhook", url: { name: "hook", key: "url" } } } as const;
    new AlertmanagerConfiguration("alerting", { inhibitions: [], receivers, namespace: pulumi.output("shop") });
    assert.deepEqual(await names(), ["alerting-routing", "alerting"]);
    assert.doesNotMatch(JSON.stringify(recorded.at(-1)?.inputs["spec"]), /hook/);
  });

  it("makes one object where routing is somebody else's, and one of a fragment", async () => {
    new AlertmanagerConfiguration("alerting", { inhibitions: [], namespace: "shop" });
    new AlertmanagerConfiguration("added", { inhibitions: [], namespace: "shop", target: "fragment" });
    assert.deepEqual(await objects(), [
      ["AlertmanagerConfig", "alerting", { name: "alerting", namespace: "shop", labels: {} }],
      ["ConfigMap", "added", { name: "added", namespace: "shop", labels: {} }],
    ]);
  });
});
