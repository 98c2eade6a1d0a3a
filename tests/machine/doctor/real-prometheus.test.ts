import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { declared, doctor, metrics, rules, startShop } from "./shop";

describe("chain doctor, beside a real Prometheus", () => {
  it("is silent where everything is as declared", async () => {
    const prometheus = await startShop();
    console.log(await doctor(declared, { prometheus }));
    const x = await startShop({
      metrics: metrics
        .replace('status="failed"', 'status="rejected"')
        .replaceAll("shop_queue_depth", "shop_queue_depths")
        .replace(/le="0.1"/, 'le="0.25"'),
      rules: rules
        .replace("> 100", "> 50")
        .replace(/ {6}- alert: ShopIsGone[^]*?gone }\n/, "")
        .replace(/ {6}- alert: Refunds/, "      - { alert: Fails, expr: 'up * on () group_left () {job=~\".+\"}' }\n$&")
        .replace("for: 5m", "for: 1m"),
      scrapeSeconds: 8,
    });
    console.log(await doctor(declared, { prometheus: x }));
    assert.ok(true);
  });
});
