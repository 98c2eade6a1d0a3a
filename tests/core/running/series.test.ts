import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { seriesExists } from "../../../core/running/series-exists";
import { seriesLabelsAgree } from "../../../core/running/series-labels-agree";
import type { Declared } from "../../../core/running/declared";
import type { Running } from "../../../core/running/running";
import { metricOf, prometheusOf, ruleOf, said, seenOf } from "./situation";

type Row = readonly [what: string, declared: Partial<Declared>, running: Running, told: readonly string[]];

const labelled = (labels: Readonly<Record<string, readonly string[] | { readonly atMost: number }>>) =>
  metricOf("shop_orders_total", { labels });
const orders = (...each: readonly Readonly<Record<string, string>>[]): Running =>
  prometheusOf({ shop_orders_total: seenOf(...each) });
const histogram = metricOf("shop_wait_seconds", {
  type: "histogram",
  series: ["shop_wait_seconds_bucket", "shop_wait_seconds_count", "shop_wait_seconds_sum"],
  labels: {},
  buckets: [0.1, 1],
});
const buckets = (...les: readonly string[]): Running =>
  prometheusOf({
    shop_wait_seconds_bucket: seenOf(...les.map((le) => ({ le }))),
    shop_wait_seconds_count: seenOf({ job: "shop" }),
  });

describe("series-exists", () => {
  const missing = 'Prometheus has had no series "shop_refunds_total" in the last hour.';
  const settle =
    "It may not have been counted yet: let it happen once where that does no harm, or export it as 0 from the start.";
  const refunds = metricOf("shop_refunds_total");
  const rows: readonly Row[] = [
    [
      "warns of a counter that is not there: it may still come",
      { metrics: [refunds] },
      prometheusOf({}),
      [`warning shop_refunds_total: ${missing} ${settle}`],
    ],
    [
      "names the alerts that wait for it",
      { metrics: [refunds], rules: [ruleOf("increase(shop_refunds_total[5m]) > 0", { name: "Refunds" })] },
      prometheusOf({}),
      [`warning shop_refunds_total: ${missing} ${settle} One alert waits for it: Refunds.`],
    ],
    [
      "asks of a gauge whether it is exported at all",
      { metrics: [metricOf("shop_depth", { type: "gauge" })] },
      prometheusOf({}),
      [
        'warning shop_depth: Prometheus has had no series "shop_depth" in the last hour. A gauge is usually there from the start: does /metrics of a target show it?',
      ],
    ],
    [
      "reports a name that is nearly one that no catalog declares",
      { metrics: [refunds] },
      prometheusOf({ shop_refund_total: seenOf({}) }),
      [
        'shop_refunds_total: Prometheus has had no series "shop_refunds_total" in the last hour, but "shop_refund_total", which no catalog declares. Did you mean "shop_refund_total"?',
      ],
    ],
    [
      "takes a declared metric for no slip of another one",
      { metrics: [refunds, metricOf("shop_refund_total")] },
      prometheusOf({ shop_refund_total: seenOf({}) }),
      [`warning shop_refunds_total: ${missing} ${settle}`],
    ],
    ["is silent about a histogram of which one series is there", { metrics: [histogram] }, buckets("0.1", "1"), []],
    [
      "tells of a file of which nothing is there once, with a scrape that fails",
      { metrics: ["a", "b", "c"].map((end) => metricOf(`shop_${end}_total`)) },
      prometheusOf(
        {},
        { targets: { data: [{ job: "shop", intervalSeconds: 15, isUp: false, lastError: "connection refused" }] } },
      ),
      [
        "warning metrics.md: Prometheus has had no series of its 3 metrics in the last hour, such as shop_a_total, shop_b_total, shop_c_total. Is what exports them scraped by this Prometheus? The last scrape of shop failed, for one: connection refused.",
      ],
    ],
    [
      "is silent where the names could not be told",
      { metrics: [refunds] },
      prometheusOf({}, { names: { cannotTell: "HTTP 500" } }),
      [],
    ],
  ];
  for (const [what, declared, running, told] of rows)
    it(what, () => assert.deepEqual(said(seriesExists, declared, running), told));
});

describe("series-labels-agree", () => {
  const add = "Declare it; if the scrape adds it, say so (`seriesLabels` of the stack, `targetLabels` of chain.yaml).";
  const rows: readonly Row[] = [
    [
      "reports a label that the series have under a name nearly its own",
      { metrics: [labelled({ order_status: ["a"] })] },
      orders({ orderStatus: "a" }),
      [
        'shop_orders_total: declares the label "order_status", which no series of shop_orders_total has; they have "orderStatus". Did you mean "orderStatus"?',
      ],
    ],
    [
      "reports a label that the scrape has taken",
      { metrics: [labelled({ job: ["a"], status: ["a"] })] },
      orders({ exported_job: "a", status: "a" }),
      [
        'shop_orders_total: declares the label "job", which arrives as "exported_job": the scrape adds a label of that name itself. Rename it, or scrape with honor_labels.',
      ],
    ],
    [
      "warns of a label that is not there: its values may be empty",
      { metrics: [labelled({ reason: ["a"] })] },
      orders({ job: "shop" }),
      [
        'warning shop_orders_total: declares the label "reason", which no series of shop_orders_total had in the last hour. Prometheus drops a label whose value is empty: export one that has a value, or do not declare it.',
      ],
    ],
    [
      "warns of a label that nobody has declared",
      { metrics: [labelled({})] },
      orders({ user_id: "7" }),
      [`warning shop_orders_total: has the label "user_id", which is not declared. ${add}`],
    ],
    [
      "reports a value that is not declared, with what it may have been meant to be",
      { metrics: [labelled({ status: ["placed", "time_out"] })] },
      orders({ status: "placed" }, { status: "timeout" }),
      [
        'shop_orders_total: has status="timeout", a value that is not declared. "time_out" is declared, which no series has. Did you mean "timeout"?',
      ],
    ],
    [
      "reports one that is like none, with what was not seen",
      { metrics: [labelled({ status: ["placed", "failed"] })] },
      orders({ status: "placed" }, { status: "rejected" }),
      ['shop_orders_total: has status="rejected", a value that is not declared. Declared and not seen: "failed".'],
    ],
    [
      "reports more values than are declared",
      { metrics: [labelled({ shop: { atMost: 1 } })] },
      orders({ shop: "a" }, { shop: "b" }),
      ['shop_orders_total: has 2 values of the label "shop", and at most 1 are declared.'],
    ],
    [
      "reports buckets that are not there",
      { metrics: [histogram] },
      buckets("0.25", "1.0", "+Inf"),
      [
        "shop_wait_seconds: has no bucket le=0.1, which is declared; and the undeclared le=0.25. Declare the buckets that it has.",
      ],
    ],
    [
      "warns of buckets beside the declared ones, as in a rollout",
      { metrics: [histogram] },
      buckets("0.1", "0.5", "1", "+Inf"),
      ["warning shop_wait_seconds: has the undeclared le=0.5. Declare the buckets that it has."],
    ],
    ["is silent about buckets that are written otherwise", { metrics: [histogram] }, buckets("0.1", "1.0", "+Inf"), []],
    [
      "is silent about a declared value that did not happen yet",
      { metrics: [labelled({ status: ["placed", "failed"] })] },
      orders({ status: "placed" }),
      [],
    ],
    [
      "is silent about labels that the scrape adds",
      { metrics: [labelled({})], targetLabels: ["pod"] },
      orders({ job: "shop", instance: "a", pod: "b" }),
      [],
    ],
    [
      "is silent about a metric whose labels are not known",
      { metrics: [metricOf("shop_orders_total")] },
      orders({ anything: "a" }),
      [],
    ],
    [
      "is silent about values that are too many to be listed",
      { metrics: [labelled({ status: ["a"] })] },
      prometheusOf({ shop_orders_total: { data: { labels: new Map([["status", undefined]]) } } }),
      [],
    ],
  ];
  for (const [what, declared, running, told] of rows)
    it(what, () => assert.deepEqual(said(seriesLabelsAgree, declared, running), told));
});
