import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { notExternal } from "../core/model/installation";
import { settingsFaults as faults } from "./settings-faults";

describe("the settings", () => {
  const refused: readonly { name: string; changes: Readonly<Record<string, unknown>>; message: string }[] = [
    ...["https://${HOST}", "https://{{host}}/grafana", "https://g.example.com/<team>"].map((grafanaUrl) => ({
      name: `an address with a placeholder: ${grafanaUrl}`,
      changes: { grafanaUrl },
      message: "grafanaUrl: must be the address itself: nothing fills in ${…}, {{…}} or <…>.",
    })),
    {
      name: "a port that is none",
      changes: { prometheusService: "prometheus:70000" },
      message: 'prometheusService: must name a Kubernetes Service and its port, such as "prometheus-operated:9090".',
    },
    ...["__name__", "__replica__", "le", "alertname"].map((label) => ({
      name: `the label ${label} of every series`,
      changes: { seriesLabels: [label] },
      message: 'seriesLabels.0: must be a list of label names, such as ["namespace", "pod", "cluster"].',
    })),
    ...["user_id", "email", "token"].map((label) => ({
      name: `the label ${label} of every series`,
      changes: { seriesLabels: [label] },
      message: "seriesLabels.0: must name no label that tells of persons or carries credentials: every series would have it.",
    })),
    ...["__name__", "alertname", "user_id"].map((label) => ({
      name: `the external label ${label}`,
      changes: { externalLabels: { [label]: "x" } },
      message: `externalLabels.${label}: must be an object of labels and their values, such as {"cluster": "eu-1"}, and none of ${notExternal.join(", ")}.`,
    })),
    {
      name: "an override for a name that JavaScript keeps for itself",
      changes: { alertOverrides: JSON.parse('{ "__proto__": { "for": "1m" } }') as object },
      message: "alertOverrides.__proto__: is no name that can be set.",
    },
    ...["1.5h", "500ms", "-5m", "1e5s", "99999999999999d"].map((held) => ({
      name: `a duration that Prometheus would not take: ${held}`,
      changes: { alertOverrides: { MCHighMailboxDepth: { for: held } } },
      message: 'alertOverrides.MCHighMailboxDepth.for: must be a duration such as "30s", "5m" or "1h".',
    })),
    ...[NaN, Infinity, "5", true, null, {}].map((threshold) => ({
      name: `a threshold that is no number: ${JSON.stringify(threshold)} (${typeof threshold})`,
      changes: { alertOverrides: { MCHighMailboxDepth: { threshold } } },
      message: "alertOverrides.MCHighMailboxDepth.threshold: must be a number, in the unit of the alert's panel.",
    })),
  ];
  for (const { name, changes, message } of refused) {
    it(`refuse ${name}, and say what is allowed`, () => {
      assert.deepEqual(faults(changes), [message]);
    });
  }

  for (const changes of [
    { grafanaUrl: "https://grafana.example.com/team@example" },
    { grafanaUrl: "https://grafana.example.com:3000/" },
    { runbookBaseUrl: "https://github.com/example/runbooks/blob/main/@ops" },
    { runbookSite: {}, runbookBaseUrl: "https://wiki.example.com/runbooks" },
    { runbookSite: { host: "runbooks.example.com" }, runbookBaseUrl: "http://localhost:8000/runbooks" },
    {
      runbookSite: { host: "runbooks.example.com", ingressClass: "nginx" },
      runbookBaseUrl: "https://runbooks.example.com/runbooks",
    },
    {
      runbookSite: { host: "runbooks.example.com", gateway: "gateways/public" },
      runbookBaseUrl: "http://localhost:8000/runbooks",
    },
    { grafanaUrl: "https://[::1]:3000" },
    { grafanaUrl: "https://grafana.example.com/%7Bteam%7D/~x" },
    { prometheusService: "prometheus:65535" },
    { seriesLabels: ["cluster", "_prometheus", "user_id_hash", "token_type"] },
    { externalLabels: { cluster: "eu-1", prometheus_replica: "a" } },
    { alertOverrides: { MCHighMailboxDepth: { threshold: 0, for: "0s" } } },
    { alertOverrides: { MCHighMailboxDepth: { threshold: 1e6, for: "30d" } } },
    { clusterUid: "0f4c3e9a-5b1d-4f6e-8c2a-9d7b6a5e4f3c" },
  ]) {
    it(`take ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(faults(changes), []);
    });
  }
});
