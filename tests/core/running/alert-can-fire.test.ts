import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { alertCanFire } from "../../../core/running/alert-can-fire";
import { queryFindsSeries } from "../../../core/running/query-finds-series";
import type { Declared } from "../../../core/running/declared";
import type { Running } from "../../../core/running/running";
import { loadFiles } from "../../../core/load/files/load-files";
import { configurationSchema } from "../../../core/load/files/configuration";
import { loaded, metricOf, prometheusOf, ruleOf, said, seenOf } from "./situation";

const shop = {
  up: seenOf({ job: "shop" }, { job: "mail" }),
  shop_orders_total: seenOf({ job: "shop", status: "placed", kind: "gift" }, { job: "shop", status: "failed", kind: "own" }),
  shop_depth: seenOf({ job: "shop", queue: "mail" }),
};
const running = prometheusOf(shop);

function says(expr: string, declared: Partial<Declared> = {}, there: Running = running): readonly string[] {
  return said(alertCanFire, { ...declared, rules: [ruleOf(expr), ...(declared.rules ?? [])] }, there);
}

const words = "cannot fire as things are:";

describe("alert-can-fire", () => {
  const reported: readonly (readonly [what: string, expr: string, told: string])[] = [
    [
      "a series that is not there: it may still come",
      "shop_refunds_total > 0",
      `warning A: ${words} there was no series "shop_refunds_total" in the last hour. Is what exports it scraped by this Prometheus? It may not have been counted yet, too.`,
    ],
    [
      "a name that is nearly one",
      "sum(shop_order_total) > 0",
      `A: ${words} there was no series "shop_order_total" in the last hour, but "shop_orders_total". Did you mean "shop_orders_total"?`,
    ],
    [
      "a label that no series has",
      'shop_depth{name="mail"} > 5',
      `A: ${words} no series of shop_depth has the label "name". They have job, queue.`,
    ],
    [
      "a value that was not seen: it may still come",
      'shop_orders_total{status=~"lost|stolen"} > 5',
      `warning A: ${words} no series of shop_orders_total had status=~"lost|stolen" in the last hour; status was "placed", "failed". Has that happened yet?`,
    ],
    [
      "a value that is nearly one",
      'shop_orders_total{status="faileds"} > 5',
      `A: ${words} no series of shop_orders_total has status="faileds". Did you mean "failed"?`,
    ],
    [
      "values that were not seen at once",
      'shop_orders_total{status="failed", kind="gift"} > 5',
      `warning A: ${words} no series of shop_orders_total has status="failed", kind="gift" at once. Has that happened yet?`,
    ],
    [
      "either side of an operator",
      'shop_depth > on (job) up{job="cache"}',
      `warning A: ${words} no series of up had job="cache" in the last hour; job was "shop", "mail". Has that happened yet?`,
    ],
    [
      "a recorded series that nobody knows the rule of",
      "job:shop_orders:rate5m > 5",
      `warning A: ${words} there was no series "job:shop_orders:rate5m" in the last hour. No recording rule that is known makes it.`,
    ],
  ];
  for (const [what, expr, told] of reported) it(`tells of ${what}`, () => assert.deepEqual(says(expr), [told]));

  const silent: readonly (readonly [what: string, expr: string])[] = [
    ["what is there", 'rate(shop_orders_total{status="failed"}[5m]) > 5'],
    ["absent of what is not there: that is when it fires", 'absent(shop_gone{job="shop"})'],
    ["absent_over_time of it", "absent_over_time(shop_gone[5m])"],
    ["a side of or", "shop_gone > 5 or shop_depth > 5"],
    ["what unless takes away", 'shop_depth > 5 unless on (job) up{job="cache"}'],
    ["a matcher that a series without the label satisfies", 'shop_depth{name!="mail"} > 5'],
    ["what was longer ago than it was looked for", "increase(shop_gone[1d]) > 0"],
    ["what is looked for at another time", "shop_gone offset 1d > 0"],
    ["series of whatever name", '{job="cache"} > 0'],
    ["numbers", "vector(1) > 0"],
    ["what is no query", "{{ .Values.expr }}"],
  ];
  for (const [what, expr] of silent) it(`is silent about ${what}`, () => assert.deepEqual(says(expr), []));

  it("tells of one cause once, with all alerts that it silences", () => {
    const rules = [ruleOf("shop_gone > 1", { name: "B" }), ruleOf("shop_gone > 2", { name: "C" })];
    const [told, ...more] = says("shop_gone > 0", { rules });
    assert.deepEqual(more, []);
    assert.match(String(told), /^warning A: .* Nor can B, C\.$/);
  });

  it("leaves a declared metric to its catalog's own finding, behind a recording rule too", () => {
    const metrics = [metricOf("shop_refunds_total")];
    const record = ruleOf("sum(shop_refunds_total)", { kind: "record", name: "job:refunds" });
    assert.deepEqual(says("shop_refunds_total > 0", { metrics }), []);
    assert.deepEqual(says("job:refunds > 0", { metrics, rules: [record] }), []);
  });

  it("takes a declared value for no slip of another one", () => {
    const metric = metricOf("shop_orders_total", { labels: { status: ["placed", "failed", "faileds"], kind: ["gift"] } });
    assert.match(
      String(says('shop_orders_total{status="faileds"} > 5', { metrics: [metric] })[0]),
      /^warning rules\.yaml: 1 alert waits/,
    );
  });

  it("says in one line what the catalog allows and did not happen yet, behind a recording rule too", () => {
    const metrics = [metricOf("shop_orders_total", { labels: { status: ["placed", "failed", "lost"], kind: ["gift", "own"] } })];
    const rules = [
      ruleOf('shop_orders_total{status="failed", kind="gift"} > 0', { name: "B" }),
      ruleOf("job:lost > 0", { name: "C" }),
      ruleOf('sum(shop_orders_total{status="lost"})', { kind: "record", name: "job:lost" }),
    ];
    assert.deepEqual(says('shop_orders_total{status="lost"} > 0', { metrics, rules }), [
      'warning rules.yaml: 3 alerts wait for what the catalog allows and nobody has seen in the last hour: A (shop_orders_total{status="lost"}), B (shop_orders_total{status="failed", kind="gift"}), C (shop_orders_total{status="lost"}). Let it happen once where that does no harm, or export it as 0 from the start: then it is known that the alert can fire.',
    ]);
  });

  it("is silent about an alert that is not loaded, of which another check tells", () => {
    const withRules = (name: string): Running => prometheusOf(shop, { rules: { data: [loaded("shop_gone > 0", { name })] } });
    assert.deepEqual(says("shop_gone > 0", {}, withRules("Other")), []);
    assert.equal(says("shop_gone > 0", {}, withRules("A")).length, 1);
  });

  it("looks behind a recording rule: it is not loaded, or has no result", () => {
    const record = ruleOf('sum(rate(shop_orders_total{status="lost"}[5m]))', { kind: "record", name: "job:lost" });
    const there = (kind: "record" | "alert"): Running =>
      prometheusOf(shop, { rules: { data: [loaded("job:lost > 0"), loaded(record.expr, { kind, name: "job:lost" })] } });
    assert.deepEqual(says("job:lost > 0", { rules: [record] }, there("alert")), [
      `A: ${words} it reads job:lost, whose recording rule is not loaded.`,
    ]);
    assert.deepEqual(says("job:lost > 0", { rules: [record] }, there("record")), [
      `warning A: ${words} it reads job:lost, which records nothing: no series of shop_orders_total had status="lost" in the last hour; status was "placed", "failed". Has that happened yet?`,
    ]);
  });

  it("does not end in a recording rule that reads itself", () => {
    const record = ruleOf("job:lost + 1", { kind: "record", name: "job:lost" });
    assert.equal(says("job:lost > 0", { rules: [record] }).length, 1);
  });

  it("knows of a name with many series only what its labels say", () => {
    const many = prometheusOf({
      shop_depth: {
        data: {
          labels: new Map([
            ["queue", ["mail"]],
            ["shop", undefined],
          ]),
        },
      },
    });
    assert.deepEqual(says('shop_depth{queue="mail", shop="a"} > 5', {}, many), []);
    assert.equal(says('shop_depth{queue="print"} > 5', {}, many).length, 1);
  });
});

describe("query-finds-series", () => {
  const rules = (expr: string): string => JSON.stringify({ groups: [{ name: "a", rules: [{ record: "a:b", expr }] }] });
  const modelOf = (expr: string) =>
    loadFiles(configurationSchema.parse({ rules: ["a.yaml"] }), { files: ["a.yaml"], read: () => ({ text: rules(expr) }) });

  it("reports what a recording rule, a panel or a command will never find", () =>
    assert.deepEqual(said(queryFindsSeries, { model: modelOf("shop_order_total") }, running), [
      'a:b: the recording rule shows nothing as things are: there was no series "shop_order_total" in the last hour, but "shop_orders_total". Did you mean "shop_orders_total"?',
    ]));

  it("is silent about what may still come, and about alerts", () => {
    assert.deepEqual(said(queryFindsSeries, { model: modelOf("shop_refunds_total") }, running), []);
    assert.deepEqual(said(queryFindsSeries, { rules: [ruleOf("shop_order_total")] }, running), []);
  });
});
