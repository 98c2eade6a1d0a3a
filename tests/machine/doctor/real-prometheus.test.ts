import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { startAlertmanager } from "../../inhibition/alertmanager";
import { eventually } from "../../inhibition/eventually";
import { alertmanagerYaml, declared, doctor, metrics, rules, startShop } from "./shop";

/** What is not counted yet may still come: it is no error. */
const refunds =
  'warning series-exists docs/metrics.md:8 shop_refunds_total: Prometheus has had no series "shop_refunds_total" in the last hour. It may not have been counted yet: let it happen once where that does no harm, or export it as 0 from the start. One alert waits for it: Refunds.';

const anew = "Load the rules anew, or declare what runs.";

describe("chain doctor, beside a real Prometheus", () => {
  it("has nothing against what is as declared, but that nothing was refunded yet", async () => {
    const prometheus = await startShop();
    assert.deepEqual(await doctor(declared, { prometheus }), { code: 0, lines: [refunds] });
  });

  it("tells what differs, each with its line", async () => {
    const prometheus = await startShop({
      metrics: metrics
        .replaceAll("shop_queue_depth", "shop_queue_depths")
        .replace('status="failed"', 'status="rejected"')
        .replace('le="0.1"', 'le="0.25"'),
      rules: rules
        .replace("> 100", "> 50")
        .replace("for: 5m", "for: 1m")
        .replace(/ {6}- alert: ShopIsGone[^]*?The shop is gone }\n/, ""),
    });
    const { code, lines } = await doctor(declared, { prometheus });
    assert.equal(code, 1);
    assert.deepEqual(lines, [
      'error series-labels-agree docs/metrics.md:5 shop_orders_total: has status="rejected", a value that is not declared. Declared and not seen: "failed".',
      'error series-exists docs/metrics.md:6 shop_queue_depth: Prometheus has had no series "shop_queue_depth" in the last hour, but "shop_queue_depths", which no catalog declares. Did you mean "shop_queue_depths"? One alert waits for it: QueueIsLong.',
      "error series-labels-agree docs/metrics.md:7 shop_wait_seconds: has no bucket le=0.1, which is declared; and the undeclared le=0.25. Declare the buckets that it has.",
      refunds,
      `error rule-is-running rules/shop.yaml:8 OrdersFail: Prometheus has loaded it with for: 60s, not 5m. ${anew}`,
      'warning alert-can-fire rules/shop.yaml:8 OrdersFail: cannot fire as things are: no series of status:shop_orders:rate1m had status="failed" in the last hour; status was "placed", "rejected". Has that happened yet?',
      `error rule-is-running rules/shop.yaml:13 QueueIsLong: Prometheus has loaded another expression: max by (queue) (shop_queue_depth) > 50. ${anew}`,
      "error rule-is-running rules/shop.yaml:17 ShopIsGone: Prometheus has not loaded this alert.",
    ]);
  });

  it("tells of a rule that fails, of scrapes that are too seldom, and of what is not kept", async () => {
    const failing = `      - alert: Fails
        expr: shop_queue_depth * on (job) shop_queue_depth > 0
      - alert: OnceADay
        expr: shop_queue_depth > 2 * avg_over_time(shop_queue_depth[20d])
`;
    const all = `${rules.replace("[5m]", "[5s]").replace("shop_refunds_total", "shop_orders_total")}${failing}`;
    const prometheus = await startShop({ rules: all, scrapeSeconds: 4 });
    const { code, lines } = await doctor({ ...declared, "rules/shop.yaml": all }, { prometheus });
    assert.equal(code, 1);
    assert.deepEqual(
      lines
        .filter((line) => line.includes("rules/shop.yaml"))
        .map((line) => line.replace(/: (found duplicate series).*/, ": $1 …")),
      [
        "error window-fits-scrapes rules/shop.yaml:21 Refunds: counts shop_orders_total over 5 s, and it is scraped every 4 s: the window holds fewer than two samples, and there is no result. Take at least 16s.",
        "error rule-evaluates rules/shop.yaml:25 Fails: its evaluation fails: found duplicate series …",
        "error retention-fits-ranges rules/shop.yaml:27 OnceADay: looks back 20d, and Prometheus keeps samples for 15d: it counts no more than those. Let Prometheus keep 20d (storage.tsdb.retention.time), or look back less.",
      ],
    );
  });

  it("compares a real Alertmanager's inhibitions and routes, and asks whether Prometheus tells it anything", async () => {
    const right = await startAlertmanager(alertmanagerYaml);
    const prometheus = await startShop({ alertmanager: right.url });
    await eventually(async () => {
      assert.deepEqual(await doctor(declared, { prometheus, alertmanager: right.url }), { code: 0, lines: [refunds] });
    });
    const wrong = await startAlertmanager(
      alertmanagerYaml.replace(/inhibit_rules:[^]*equal: \[job\]\n/, "").replace("pager\n", "chat\n"),
    );
    const alone = await startShop();
    const { code, lines } = await doctor(declared, { prometheus: alone, alertmanager: wrong.url });
    assert.equal(code, 1);
    assert.deepEqual(
      lines.filter((line) => line.includes("alerting-agrees")),
      [
        'error alerting-agrees alertmanager.yml:4 : alerts with {severity="page"} are to go to "pager", and in Alertmanager they go to "chat". Load its configuration anew.',
        'error alerting-agrees alertmanager.yml:7 : Alertmanager has no inhibition by which {alertname="ShopIsGone"} silences {alertname=~"OrdersFail|QueueIsLong"} where job is equal. Load its configuration anew.',
        "error alerting-agrees chain.yaml: : Prometheus sends its alerts to no Alertmanager: nobody is told of any. Configure `alerting`.",
      ],
    );
  });
});
