import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as grafana from "@pulumiverse/grafana";
import { AlertmanagerConfiguration } from "../../components/alertmanager-configuration";
import { FileObservability } from "../../components/file-observability";
import { GrafanaDashboards } from "../../components/grafana-dashboards";
import { PrometheusRules } from "../../components/prometheus-rules";
import { RunbookConfigMaps } from "../../components/runbook-config-maps";
import { Scraping } from "../../components/scraping";
import { ServiceObservability } from "../../components/service-observability";
import { checks } from "../../core/checks";
import { checkModel } from "../../core/checks/check";
import { loadProject } from "../../project";

type Options = pulumi.ComponentResourceOptions;

const namespace = "monitoring";
const groups = [{ name: "up", rules: [{ alert: "Down", expr: "up == 0" }] }];
const dashboards = { shop: JSON.stringify({ uid: "shop", title: "Shop", panels: [] }) };
const folder = { title: "Shop", uid: "shop" };
const receivers = { page: { type: "webhook", url: { name: "hook", key: "url" } } } as const;

/** Each component of the library in every form that makes other objects, by a name for it; the objects keep theirs. */
function components(root: string): Readonly<Record<string, (name: string, opts: Options) => pulumi.ComponentResource>> {
  const { checked: model } = checkModel(loadProject(root), checks);
  const service = model?.services.find(({ id }) => id === "gc");
  if (!model || !service?.workload) throw new Error("The model of this project does not pass its checks.");
  const { workload } = service;
  const environment = { namespace, grafanaUrl: "https://grafana.example.com", runbookBaseUrl: "https://runbooks.example.com" };
  const alerting = { inhibitions: [], receivers, namespace };
  const delivered = { service, model, environment };
  return {
    operator: (name, opts) => new AlertmanagerConfiguration(name, { ...alerting, objectName: "operator" }, opts),
    plain: (name, opts) => new AlertmanagerConfiguration(name, { ...alerting, objectName: "plain", target: "plain" }, opts),
    added: (name, opts) => new AlertmanagerConfiguration(name, { ...alerting, objectName: "added", target: "fragment" }, opts),
    maps: (name, opts) => new GrafanaDashboards(name, { dashboards, namespace, namePrefix: "maps-" }, opts),
    api: (name, opts) => new GrafanaDashboards(name, { dashboards, folder, delivery: "grafana-api" }, opts),
    rules: (name, opts) => new PrometheusRules(name, { groups, namespace, objectName: "rules" }, opts),
    files: (name, opts) => new PrometheusRules(name, { groups, namespace, objectName: "files", target: "configmap" }, opts),
    books: (name, opts) => new RunbookConfigMaps(name, { files: { "a.md": "# A" }, namespace, objectName: "books" }, opts),
    monitor: (name, opts) => new Scraping(name, { workload, target: "pod-monitor", namespace, objectName: "monitor" }, opts),
    job: (name, opts) => new Scraping(name, { workload, target: "scrape-config", namespace, objectName: "job" }, opts),
    whole: (name, opts) =>
      new ServiceObservability(name, { ...delivered, namePrefix: "whole-", scrapeTarget: "pod-monitor" }, opts),
    asis: (name, opts) =>
      new FileObservability(
        name,
        { rules: { a: { groups } }, dashboards, runbooks: { "b.md": "# B" }, namespace, namePrefix: "asis-", partOf: "asis" },
        opts,
      ),
  };
}

/**
 * A program with all of them, as a former version called them or as the present one does, under every option that a component
 * hands on. What it does not hand on, as no component of Pulumi's does, is `ignoreChanges`: a transform sets it.
 */
export function everyComponent(root: string, former: boolean): Promise<Record<string, unknown>> {
  const cluster = new k8s.Provider("own-cluster", { enableServerSideApply: true });
  const api = new grafana.Provider("own-grafana", { url: "https://grafana.example.com", auth: "token" });
  const first = new k8s.core.v1.ConfigMap("first", { metadata: { name: "first", namespace } }, { provider: cluster });
  const mark: pulumi.ResourceTransform = ({ custom, type, props, opts }) => {
    if (!custom || !type.startsWith("kubernetes:")) return { props, opts };
    const { metadata, ...rest } = properties(props);
    const annotations = { ...properties(properties(metadata)["annotations"]), marked: former ? "before" : "after" };
    return {
      props: { ...rest, metadata: { ...properties(metadata), annotations } },
      opts: pulumi.mergeOptions(opts, { ignoreChanges: ["metadata.annotations"] }),
    };
  };
  for (const [name, create] of Object.entries(components(root)))
    create(former ? `former-${name}` : name, {
      providers: [cluster, api],
      protect: true,
      retainOnDelete: true,
      dependsOn: [first],
      transforms: [mark],
      ...(!former && { aliases: [{ name: `former-${name}` }] }),
    });
  return Promise.resolve({});
}

function properties(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
