import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { configurationSchema } from "../../../core/load/files/configuration";
import { loadFiles } from "../../../core/load/files/load-files";
import { sidesMeet } from "../../../core/running/sides-meet";
import { prometheusOf, said, seenOf } from "./situation";

const running = prometheusOf({
  errors: seenOf({ __name__: "errors", job: "shop", instance: "a:80", kind: "x" }),
  total: seenOf({ __name__: "total", job: "shop", instance: "a:80" }, { job: "shop", instance: "b:80" }),
  kube_info: seenOf({ job: "kube", instance: "k:8080", pod: "shop-0", node: "n1" }),
  kube_ready: seenOf({ job: "kube", instance: "k:8080", pod: "shop-1" }),
  depth: seenOf({ job: "shop", instance: "a:80", pod: "shop-0" }),
  buckets: seenOf({ job: "shop", instance: "a:80", le: "1" }),
  partly: seenOf({ job: "shop", pod: "shop-5", zone: "z" }, { job: "shop", pod: "shop-6" }),
  many: { data: { labels: new Map([["job", ["other"]]]) } },
});

function says(expr: string): readonly string[] {
  const rules = JSON.stringify({ groups: [{ name: "a", rules: [{ alert: "A", expr }] }] });
  const model = loadFiles(configurationSchema.parse({ rules: ["a.yaml"] }), { files: ["a.yaml"], read: () => ({ text: rules }) });
  return said(sidesMeet, { model }, running);
}

describe("sides-meet", () => {
  const start = "A: the alert has no result as things are: the two sides of";
  const reported: readonly (readonly [expr: string, told: string])[] = [
    [
      "rate(errors[5m]) / rate(total[5m]) > 0.1",
      `${start} "/" are matched by the label "kind", which no series on the right has, and each on the other side. Match on labels that both have.`,
    ],
    [
      "depth > 5 and on (instance) kube_info",
      `${start} "and" are matched by the label "instance", which is "a:80" on the left and "k:8080" on the right. Match on labels that both have.`,
    ],
    [
      "sum by (pod) (depth) / sum by (node) (kube_info)",
      `${start} "/" are matched by the label "pod", which no series on the right has, and each on the other side. Match on labels that both have.`,
    ],
    [
      "1 - (total * on (job) group_left kube_info) > 0",
      `${start} "*" are matched by the label "job", which is "shop" on the left and "kube" on the right. Match on labels that both have.`,
    ],
    [
      "histogram_quantile(0.9, rate(buckets[5m])) > ignoring (kind) depth",
      `${start} ">" are matched by the label "pod", which no series on the left has, and each on the other side. Match on labels that both have.`,
    ],
  ];
  for (const [expr, told] of reported) it(`reports ${expr}`, () => assert.deepEqual(says(expr), [told]));

  const silent: readonly string[] = [
    "sum by (job) (rate(errors[5m])) / sum by (job) (rate(total[5m])) > 0.1",
    "errors / ignoring (kind) total",
    "errors / ignoring (kind) group_left total",
    "depth > on (pod) kube_info",
    // The pods may come: another pod is ready now.
    "depth > 5 and on (pod) kube_ready",
    // So may one with a zone.
    "depth / on (pod, zone) partly",
    "partly / on (pod, zone) depth",
    "depth unless on (instance) kube_info",
    "depth or kube_info",
    "depth > 5",
    "depth offset 1h / on (instance) kube_info",
    'label_replace(depth, "node", "n1", "", "") and on (node) kube_info',
    "absent(depth) and on (job) kube_info",
    "many / on (job) depth",
    "gone / on (job) depth",
    'depth{pod="none"} / on (instance) kube_info',
    "(depth * on (pod) group_left (node) kube_info) and on (instance) kube_ready",
  ];
  for (const expr of silent) it(`is silent about ${expr}`, () => assert.deepEqual(says(expr), []));
});
