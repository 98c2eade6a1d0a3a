import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { loadStackFile, stackNames } from "../core/load/stack-file";
import { services } from "../services";
import { readSettings, applySettings, settingKeys } from "../settings";
import { settingsFaults as faults, stagingValues as right } from "./settings-faults";

const root = resolve(__dirname, "..");
const known = services
  .map(({ id }) => id)
  .filter((id) => id !== "alerting")
  .join(", ");

describe("the settings", () => {
  for (const stack of stackNames(root)) {
    it(`of ${stack} are right`, () => {
      const values = loadStackFile(root, stack);
      assert.ok("value" in values && "value" in readSettings(values.value, ""));
    });
  }

  const refused: readonly { name: string; changes: Readonly<Record<string, unknown>>; message: string }[] = [
    {
      name: "an unknown key",
      changes: { grafanaUri: "x" },
      message: `grafanaUri: is no setting. There are ${settingKeys.join(", ")}. Did you mean "grafanaUrl"?`,
    },
    {
      name: "a bad namespace",
      changes: { monitoringNamespace: "Dark_Tower" },
      message:
        "monitoringNamespace: must be a Kubernetes namespace: at most 63 lower-case letters, digits and dashes, with no dash at either end.",
    },
    {
      name: "an address that no path can be added to",
      changes: { runbookBaseUrl: "https://wiki.example.com/view?page=runbooks" },
      message:
        'runbookBaseUrl: must be an address with http:// or https://, without ? and #, such as "https://grafana.example.com".',
    },
    {
      name: "credentials in an address",
      changes: { grafanaUrl: "https://admin:s3cret@grafana.example.com" },
      message: "grafanaUrl: must hold no user and no password: every alert carries this address.",
    },
    {
      name: "a user in an address",
      changes: { runbookBaseUrl: "https://reader@wiki.example.com/runbooks" },
      message: "runbookBaseUrl: must hold no user and no password: every alert carries this address.",
    },
    {
      name: "a cluster that is named otherwise than by its uid",
      changes: { clusterUid: "prod-eu" },
      message: "clusterUid: must be the uid of the cluster's namespace kube-system, or empty for any cluster.",
    },
    {
      name: "a feature that no query needs",
      changes: { prometheusFeatures: ["exemplar-storage"] },
      message:
        "prometheusFeatures.0: must be a list of promql-experimental-functions and promql-binop-fill-modifiers, or of one of them.",
    },
    {
      name: "a label that is none",
      changes: { seriesLabels: ["pod-name"] },
      message: 'seriesLabels.0: must be a list of label names, such as ["namespace", "pod", "cluster"].',
    },
    {
      name: "an external label that every target has of its own",
      changes: { externalLabels: { namespace: "town-b" } },
      message:
        'externalLabels.namespace: must be an object of labels and their values, such as {"cluster": "eu-1"}, and none of job, instance, namespace, pod, container, endpoint, service, alertname, severity, workload_namespace, le, quantile.',
    },
    {
      name: "an external label without a value",
      changes: { externalLabels: { cluster: "" } },
      message:
        'externalLabels.cluster: must be an object of labels and their values, such as {"cluster": "eu-1"}, and none of job, instance, namespace, pod, container, endpoint, service, alertname, severity, workload_namespace, le, quantile.',
    },
    {
      name: "an external label that is no name",
      changes: { externalLabels: { "my-cluster": "eu-1" } },
      message:
        'externalLabels.my-cluster: must be an object of labels and their values, such as {"cluster": "eu-1"}, and none of job, instance, namespace, pod, container, endpoint, service, alertname, severity, workload_namespace, le, quantile.',
    },
    {
      name: "a namespace of workloads that is no name",
      changes: { workloadNamespace: "Town B" },
      message:
        "workloadNamespace: must be a Kubernetes namespace: at most 63 lower-case letters, digits and dashes, with no dash at either end.",
    },
    {
      name: "a site without a host",
      changes: { runbookSite: { ingressClass: "nginx" }, runbookBaseUrl: "http://localhost:8000/runbooks" },
      message: `runbookSite: must be {} for none, or {"host": "runbooks.example.com"}, with "ingressClass" and perhaps "tlsSecret", or with "gateway": "namespace/name", if the way into the cluster is to be deployed too, and with "image" for another image of nginx.`,
    },
    {
      name: "a site with two ways into the cluster",
      changes: {
        runbookSite: { host: "runbooks.example.com", ingressClass: "nginx", gateway: "a/b" },
        runbookBaseUrl: "http://localhost:8000/runbooks",
      },
      message: `runbookSite: must be {} for none, or {"host": "runbooks.example.com"}, with "ingressClass" and perhaps "tlsSecret", or with "gateway": "namespace/name", if the way into the cluster is to be deployed too, and with "image" for another image of nginx.`,
    },
    {
      name: "a site at an address in place of a host",
      changes: { runbookSite: { host: "https://runbooks.example.com" }, runbookBaseUrl: "http://localhost:8000/runbooks" },
      message: `runbookSite: must be {} for none, or {"host": "runbooks.example.com"}, with "ingressClass" and perhaps "tlsSecret", or with "gateway": "namespace/name", if the way into the cluster is to be deployed too, and with "image" for another image of nginx.`,
    },
    {
      name: "a gateway without a namespace",
      changes: {
        runbookSite: { host: "runbooks.example.com", gateway: "public" },
        runbookBaseUrl: "http://localhost:8000/runbooks",
      },
      message: `runbookSite: must be {} for none, or {"host": "runbooks.example.com"}, with "ingressClass" and perhaps "tlsSecret", or with "gateway": "namespace/name", if the way into the cluster is to be deployed too, and with "image" for another image of nginx.`,
    },
    {
      name: "runbooks that are elsewhere than the site",
      changes: { runbookSite: { host: "runbooks.example.com" }, runbookBaseUrl: "https://wiki.example.com/runbooks" },
      message:
        "runbookBaseUrl: is https://wiki.example.com/runbooks, but runbookSite shows the runbooks at https://runbooks.example.com/runbooks. Leave it out.",
    },
    {
      name: "a retention that is no duration",
      changes: { prometheusRetention: "a month" },
      message: 'prometheusRetention: must be a duration such as "30s", "5m" or "1h".',
    },
    {
      name: "an address without a scheme",
      changes: { grafanaUrl: "grafana.example.com" },
      message: 'grafanaUrl: must be an address with http:// or https://, without ? and #, such as "https://grafana.example.com".',
    },
    {
      name: "a delivery that does not exist",
      changes: { dashboardDelivery: "api" },
      message: 'dashboardDelivery: must be "grafana-api" or "configmap".',
    },
    {
      name: "a receiver that is none",
      changes: { receivers: { page: { mail: "oncall@example.com" } } },
      message:
        'receivers.page: must be {"pagerduty": "secret/key"}, {"slack": "secret/key", "channel": "#name"} or {"webhook": "secret/key"}, where secret/key names a key of a Kubernetes Secret.',
    },
    {
      name: "a secret in place of its name",
      changes: { receivers: { page: { webhook: "https://hooks.example.com/T0/B0" } } },
      message:
        'receivers.page: must be {"pagerduty": "secret/key"}, {"slack": "secret/key", "channel": "#name"} or {"webhook": "secret/key"}, where secret/key names a key of a Kubernetes Secret.',
    },
    {
      name: "a receiver of an unknown severity",
      changes: { receivers: { critical: { webhook: "a/b" } } },
      message: "receivers.critical: is no severity. There are page, warning, info, and watchdog.",
    },
    {
      name: "a receiver with more than one kind has",
      changes: { receivers: { page: { webhook: "a/b", channel: "#c" } } },
      message:
        'receivers.page.channel: must be {"pagerduty": "secret/key"}, {"slack": "secret/key", "channel": "#name"} or {"webhook": "secret/key"}, where secret/key names a key of a Kubernetes Secret.',
    },
    {
      name: "a watchdog that is no webhook",
      changes: { receivers: { watchdog: "a/b" } },
      message: 'receivers.watchdog: must be {"webhook": "secret/key"}, where secret/key names a key of a Kubernetes Secret.',
    },
    {
      name: "a watchdog's address in place of its name",
      changes: { receivers: { watchdog: { webhook: "https://hc.example.com/ping/1" } } },
      message: 'receivers.watchdog.webhook: must name a key of a Kubernetes Secret, such as "secret/key".',
    },
    {
      name: "a service that is deployed by another setting",
      changes: { services: ["alerting"] },
      message: `services: "alerting" is no service. There are ${known}.`,
    },
    {
      name: "a data source that is none",
      changes: { datasourceUid: "a b" },
      message: "datasourceUid: must be the uid of a Grafana data source, or empty for Grafana's default.",
    },
    { name: "a setting that is missing", changes: { grafanaUrl: undefined }, message: "grafanaUrl: is missing." },
    {
      name: "an unknown service",
      changes: { services: ["mcc"] },
      message: `services: "mcc" is no service. There are ${known}. Did you mean "mc"?`,
    },
    {
      name: "an override for an unknown alert",
      changes: { alertOverrides: { MCHighMailboxDeph: { threshold: 1 } } },
      message: `alertOverrides.MCHighMailboxDeph: there is no alert of this name in ${known}. Did you mean "MCHighMailboxDepth"?`,
    },
    {
      name: "a threshold for an alert that has none",
      changes: { alertOverrides: { MCHeartbeatsStopped: { threshold: 1 } } },
      message:
        "alertOverrides.MCHeartbeatsStopped: this alert has an expression of its own and no threshold to override; only `for` can be set.",
    },
    {
      name: "a duration that is none",
      changes: { alertOverrides: { MCHighMailboxDepth: { for: "5 minutes" } } },
      message: 'alertOverrides.MCHighMailboxDepth.for: must be a duration such as "30s", "5m" or "1h".',
    },
    {
      name: "something else about an alert",
      changes: { alertOverrides: { MCHighMailboxDepth: { severity: "page" } } },
      message: "alertOverrides.MCHighMailboxDepth.severity: takes threshold and for.",
    },
  ];
  for (const { name, changes, message } of refused) {
    it(`refuse ${name}, and say what is allowed`, () => {
      assert.deepEqual(faults(changes), [message]);
    });
  }

  it("are refused all at once", () => {
    assert.equal(faults({ grafanaUrl: "x", runbookBaseUrl: "y", monitoringNamespace: "" }).length, 3);
  });

  it("change the threshold and the duration of a named alert, and nothing else", () => {
    const read = readSettings({ ...right, alertOverrides: { MCHighMailboxDepth: { threshold: 120, for: "10m" } } }, "");
    const selected = "value" in read ? applySettings(services, read.value, "") : read;
    const changed = "value" in selected ? selected.value.services.flatMap(({ alerts }) => alerts) : [];
    const declared = services.flatMap(({ alerts }) => alerts);
    assert.deepEqual(
      changed.filter((alert, index) => alert !== declared[index]).map(({ name, when, for: held }) => ({ name, when, held })),
      [{ name: "MCHighMailboxDepth", when: { above: 120 }, held: "10m" }],
    );
  });
});
