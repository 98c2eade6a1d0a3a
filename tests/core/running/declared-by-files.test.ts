import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { configurationSchema } from "../../../core/load/files/configuration";
import { loadFiles } from "../../../core/load/files/load-files";
import { describeMatcher } from "../../../core/model/alerting";
import { declaredByFiles } from "../../../core/running/declared-by-files";
import type { Declared } from "../../../core/running/declared";

const settings = {
  rules: ["rules.yaml"],
  dashboards: ["shop.json"],
  manifests: ["alerting.yaml"],
  metrics: [
    { files: ["metrics.md"], as: "markdown" },
    { files: ["shop.prom"], as: "scrape" },
  ],
};

const panel = (id: number, uid: string) => ({
  id,
  type: "timeseries",
  title: `P${id}`,
  targets: [{ expr: "up", datasource: { type: "prometheus", uid } }],
});

const files: Readonly<Record<string, string>> = {
  "rules.yaml": `groups:
  - name: a
    rules:
      - alert: Absolute
        expr: up == 0
        annotations: { runbook_url: "https://wiki/shop#the%20section", dashboard_url: "https://grafana/d/shop?viewPanel=3" }
      - alert: Named
        expr: up == 0
        annotations: { runbook_url: "https://wiki/{{ $labels.alertname | toLower }}" }
      - alert: Relative
        expr: up == 0
        annotations: { runbook_url: "docs/shop.md#x", link: "https://grafana/explore" }
      - alert: Templated
        expr: up == 0
        annotations: { runbook_url: "https://wiki/{{ $labels.job }}" }
`,
  "shop.json": JSON.stringify({
    uid: "shop",
    title: "Shop",
    panels: [panel(1, "prom"), panel(2, "$source"), panel(4, "-- Mixed --")],
    links: [{ url: "/d/elsewhere" }],
  }),
  "alerting.yaml": `kind: AlertmanagerConfig
apiVersion: monitoring.coreos.com/v1beta1
metadata: { name: shop }
spec:
  inhibitRules: [{ sourceMatch: [{ name: alertname, value: Absolute, matchType: "=" }], targetMatch: [], equal: [job] }]
`,
  "metrics.md": "| metric | type | labels |\n|---|---|---|\n| `shop_wait_seconds` | histogram (0.1, 1) | `queue=mail,print` |\n",
  "shop.prom":
    '# TYPE shop_wait_seconds histogram\nshop_wait_seconds_bucket{queue="mail",le="0.1"} 1\n# TYPE shop_up gauge\nshop_up 1\n',
};

function declared(): Declared {
  const model = loadFiles(configurationSchema.parse(settings), {
    files: Object.keys(files),
    read: (file) => ({ text: files[file] ?? "" }),
  });
  assert.ok(model.files);
  assert.deepEqual(model.files.unread, []);
  return declaredByFiles(model, model.files, { file: "chain.yaml" });
}

describe("what files declare of what runs", () => {
  it("are pages of runbooks whose address is whole: not paths, nor what only an alert's series would fill in", () =>
    assert.deepEqual(
      declared().runbookPages.map(({ address, anchor, subject }) => [subject.name, address, anchor]),
      [
        ["Absolute", "https://wiki/shop", "the section"],
        ["Named", "https://wiki/named", ""],
      ],
    ));

  it("are dashboards, the links of alerts to them, and data sources that are no variables", () => {
    const { dashboards, dashboardLinks, datasources } = declared();
    assert.deepEqual(
      dashboards.map(({ uid, panels }) => [uid, panels.map(({ id }) => id)]),
      [["shop", [1, 2, 4]]],
    );
    assert.deepEqual(
      dashboardLinks.map(({ uid, panel: number, subject }) => [subject.name, uid, number]),
      [["Absolute", "shop", 3]],
    );
    assert.deepEqual(
      datasources.map(({ uid, subject }) => [subject.name, uid]),
      [["shop/P1", "prom"]],
    );
  });

  it("is one metric where several sources know of it, with what the best of them knows", () => {
    const [wait, up] = declared().metrics;
    assert.deepEqual(wait?.series, ["shop_wait_seconds_bucket", "shop_wait_seconds_count", "shop_wait_seconds_sum"]);
    assert.deepEqual([wait.labels, wait.buckets, wait.subject.file], [{ queue: ["mail", "print"] }, [0.1, 1], "metrics.md"]);
    assert.deepEqual(up?.series, ["shop_up"]);
  });

  it("are the inhibitions of an AlertmanagerConfig", () =>
    assert.deepEqual(
      declared().alerting?.inhibitions.map(({ source, subject }) => [source.map(describeMatcher), subject.file]),
      [[['alertname="Absolute"'], "alerting.yaml"]],
    ));
});
