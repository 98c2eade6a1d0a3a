import { queryHasResult } from "../../../core/checks/query-has-result";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra: the panel";

const failures = 'sum(rate(ex_joins_total{status="failure"}[5m]))';
const quantile = "histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m])))";
const never = (left: string, right: string, op: string): string =>
  `${panel} compares what is ${left} with what is ${right} by "${op}", which is never true. Change the number or the operator.`;

testCheck(queryHasResult, {
  accepted: [
    ...[
      `${quantile} > 0.5 or ${quantile} < 1`,
      `${failures} / sum(rate(ex_joins_total[5m])) > 0.99`,
      `100 * ${failures} / sum(rate(ex_joins_total[5m])) > 5`,
      `${failures} / sum(rate(ex_joins_total{status="success"}[5m])) > 1`,
      `${failures} / sum(rate(ex_joins_total[1h])) > 1`,
      `${failures} / sum(rate(ex_joins_total[5m] offset 1d)) > 1`,
      "max(ex_depth) / sum(ex_depth) > 1",
      'sum(rate(ex_joins_total{status=~"fail.*"}[5m])) / sum(rate(ex_joins_total{status!="failure"}[5m])) > 1',
      'sum(rate(ex_joins_total{instance=~"a.*"}[5m])) / sum(rate(ex_joins_total{instance=~"a.*|b.*"}[5m])) > 1',
      "sin(ex_depth) > 0.99 or cos(ex_depth) < -0.99",
      'ex_depth{job!=""} or ex_depth{job!~"other.*"}',
      "sum(up) / count(up) < 1",
      "ex_depth % 10 > 9",
      "hour() / 24 > 0.9 or hour() * -1 < -20",
      "ceil(up) == 1 or floor(up) == 0 or round(up) > 0",
      "clamp(ex_depth, 1, 1) > 0",
      "histogram_fraction(0, 0.5, rate(ex_latency_seconds_bucket[5m])) > 0.9",
      "histogram_fraction(-Inf, 0.5, rate(ex_latency_seconds_bucket[5m])) > 0.9",
      "histogram_fraction(0.5, Inf, rate(ex_latency_seconds_bucket[5m])) > 0.1",
      "histogram_fraction(0, scalar(max(ex_depth)), rate(ex_latency_seconds_bucket[5m])) > 0.1",
      "topk(2 - 1, ex_depth)",
      "quantile(95 / 100, ex_depth)",
      "ex_depth != ex_depth",
      "ex_depth > ex_depth offset 5m",
      "ex_depth != NaN",
      "ex_depth > 1 and ex_depth > 5 and ex_depth < 10",
      "ex_depth > 5 and on () ex_depth < 3",
    ].map((query) => ({ name: query, query })),
    { name: "a count that may be small", query: "count(ex_depth) < 2" },
    { name: "a count that may be missing", query: "(count(ex_depth) or vector(0)) == 0" },
    { name: "a rate of nothing", query: "rate(ex_joins_total[5m]) == 0 or rate(ex_joins_total[5m]) <= 0" },
    { name: "a gauge below zero", query: "ex_depth < 0" },
    { name: "a difference below zero", query: "rate(ex_joins_total[5m]) - rate(ex_dropped_total[5m]) < 0" },
    { name: "a target that is down", query: "up == 0 or up < 1 or up != 1" },
    { name: "many targets", query: "sum(up) > 1" },
    { name: "a comparison that yields 0", query: "count(ex_depth) == bool 0" },
    { name: "a range of values", query: "ex_depth > 3 and ex_depth < 5" },
    { name: "two values", query: "ex_depth > 5 and on (instance) ex_joins_total < 3" },
    { name: "a value now and before", query: "ex_depth < 600 and ex_depth offset 10m > 600" },
    { name: "a value before and before that", query: "ex_depth offset 5m < 3 and ex_depth offset 10m > 5" },
    { name: "a value before and after", query: "ex_depth offset 5m < 3 and ex_depth offset -5m > 5" },
    { name: "a value now and at a time", query: "ex_depth > 5 and ex_depth @ end() < 3" },
    { name: "a value at two times", query: "ex_depth @ start() > 5 and ex_depth @ end() < 3" },
    { name: "a range now and before", query: "max_over_time(ex_depth[5m]) > 5 and max_over_time(ex_depth[5m] offset 1h) < 3" },
    { name: "a rate now and before", query: "rate(ex_joins_total[5m]) < 3 and rate(ex_joins_total[5m] offset 1d) > 5" },
    {
      name: "a subquery now and before",
      query: "max_over_time(ex_depth[1h:1m]) > 5 and max_over_time(ex_depth[1h:1m] offset 1h) < 3",
    },
    {
      name: "a selector within a subquery now and before",
      query: "max_over_time(ex_depth[1h:1m]) > 5 and max_over_time((ex_depth offset 1h)[1h:1m]) < 3",
    },
    { name: "a subquery in two steps", query: "max_over_time(ex_depth[1h:1m]) > 5 and max_over_time(ex_depth[1h:10m]) < 3" },
    { name: "two computed ranges", query: "max_over_time(ex_depth[5m * 2]) > 5 and max_over_time(ex_depth[5m * 3]) < 3" },
    { name: "two computed offsets", query: "ex_depth offset (step() * 2) > 5 and ex_depth offset (step() * 3) < 3" },
    { name: "two values, the same number on the left", query: "2 > ex_depth and 2 < ex_dropped_total" },
    { name: "a filter with a negative number on the left", query: "(-1 < ex_depth) > 5" },
    { name: "either side of a range", query: "ex_depth > 5 or ex_depth < 3" },
    {
      name: "a ratio, of which a larger part is counted elsewhere",
      query: "rate(ex_joins_total[5m]) / rate(ex_dropped_total[5m]) > 1",
    },
    { name: "quantiles at the ends", query: "quantile(0, ex_depth) + quantile(1, ex_depth)" },
    { name: "topk of one", query: "topk(1, ex_depth) or bottomk(5, ex_depth)" },
    { name: "a computed number", query: "topk(scalar(count(up)), ex_depth)" },
  ],
  reported: [
    { name: "more than all", query: "up > 1", findings: [never("at least 0 and at most 1", "1", ">")] },
    ...(
      [
        [`${quantile} > 1`, never("at least 0 and at most 1", "1", ">")],
        [`1000 * ${quantile} > 2500`, never("at least 0 and at most 1000", "2500", ">")],
        ["ex:ex_latency_seconds:p95_5m < 0", never("at least 0 and at most 1", "0", "<")],
        [`${failures} / sum(rate(ex_joins_total[5m])) > 5`, never("at least 0 and at most 1", "5", ">")],
        [`100 * ${failures} / (sum(rate(ex_joins_total[5m])) > 0) > 100`, never("at least 0 and at most 100", "100", ">")],
        [`1 - ${failures} / sum(rate(ex_joins_total[5m])) < 0`, never("at least 0 and at most 1", "0", "<")],
        [
          "sum by (status) (rate(ex_joins_total[5m])) / ignoring (status) group_left sum(rate(ex_joins_total[5m])) > 1",
          never("at least 0 and at most 1", "1", ">"),
        ],
        [
          'sum(rate(ex_joins_total{status=~"fail.*"}[5m])) / sum(rate(ex_joins_total{status=~"failure|success"}[5m])) > 1',
          never("at least 0 and at most 1", "1", ">"),
        ],
        [
          'sum(rate(ex_joins_total{status="failure"}[5m])) / sum(rate(ex_joins_total{status!="success"}[5m])) > 1',
          never("at least 0 and at most 1", "1", ">"),
        ],
        ["cos(ex_depth) > 1", never("at least -1 and at most 1", "1", ">")],
        [
          'ex_depth{job!="ex-service"}',
          `${panel} asks for job!="ex-service", and there are no others: ex-service are all. Drop it, or name fewer.`,
        ],
        ["count(up == 0) / count(up) > 1", never("at least 0 and at most 1", "1", ">")],
        ["sum(up) / count(up) > 1", never("at least 0 and at most 1", "1", ">")],
        ["up / 2 > 0.5", never("at least 0 and at most 0.5", "0.5", ">")],
        ["ceil(up) > 1", never("at least 0 and at most 1", "1", ">")],
        ["abs(ex_depth) % 10 >= 10", never("at least 0 and below 10", "10", ">=")],
        ["histogram_fraction(0, 1, up) > 1", never("at least 0 and at most 1", "1", ">")],
        ...(
          [
            ["0.5", "0.1"],
            ["1", "1"],
            ["NaN", "1"],
          ] as const
        ).map(([from, to]): [string, string] => [
          `histogram_fraction(${from}, ${to}, rate(ex_latency_seconds_bucket[5m]))`,
          `${panel} takes the share between ${from} and ${to}, where nothing is. Write the smaller number first.`,
        ]),
        [
          "clamp(ex_depth, 5, 1)",
          `${panel} clamps between 5 and 1, where nothing is: the result is empty. Write the smaller number first.`,
        ],
        ...["<", "==", ">="].map((op): [string, string] => [
          `ex_depth ${op} NaN`,
          `${panel} compares with NaN by "${op}", which is never true. Write x != x for what is no number, or another number.`,
        ]),
        [
          "sum(ex_depth) > sum(ex_depth)",
          `${panel} compares a value with itself by ">", which is never true. Change one of the sides.`,
        ],
        [
          "ex_depth > 5 and ex_depth > 10 and ex_depth < 7",
          `${panel} wants one value to be above 10 and below 7 at once, which is never true. Change one of the numbers.`,
        ],
        ["topk(1 - 1, ex_depth)", `${panel} asks topk for 0 series, which are none. Ask for at least 1.`],
        [
          "topk(Inf, ex_depth)",
          `${panel} asks topk for Infinity series, which Prometheus refuses. Ask for a number of at least 1.`,
        ],
        [
          "quantile(2 * 95 / 100, ex_depth)",
          `${panel} asks quantile for the quantile 1.9, but quantiles lie within 0 and 1: the result is infinite.`,
        ],
        [
          "quantile(NaN, ex_depth)",
          `${panel} asks quantile for the quantile NaN, but quantiles lie within 0 and 1: it is no number.`,
        ],
      ] as const
    ).map(([query, finding]) => ({ name: query, query, findings: [finding] })),
    {
      name: "a count of nothing",
      query: "count(ex_depth) == 0",
      findings: [
        `${panel} compares what is at least 1 with what is 0 by "==", which is never true. Change the number or the operator.`,
      ],
    },
    {
      name: "a negative rate",
      query: "sum(rate(ex_joins_total[5m])) < 0",
      findings: [
        `${panel} compares what is at least 0 with what is 0 by "<", which is never true. Change the number or the operator.`,
      ],
    },
    {
      name: "more than up",
      query: "max by (job) (up) > 1",
      findings: [
        `${panel} compares what is at least 0 and at most 1 with what is 1 by ">", which is never true. Change the number or the operator.`,
      ],
    },
    {
      name: "an absence that is 0",
      query: "absent(ex_depth) == 0",
      findings: [`${panel} compares what is 1 with what is 0 by "==", which is never true. Change the number or the operator.`],
    },
    {
      name: "a filter of what another one leaves",
      query: "(ex_depth > 5) < 3",
      findings: [
        `${panel} compares what is above 5 with what is 3 by "<", which is never true. Change the number or the operator.`,
      ],
    },
    {
      name: "one value in two places",
      query: "ex_depth > 5 and ex_depth < 3",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "one value in two places, the number on the left",
      query: "5 < ex_depth and 3 > ex_depth",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "one value in two places, both an hour ago",
      query: "ex_depth offset 1h > 5 and ex_depth offset 60m < 3",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "one value in two places, an offset of nothing",
      query: "ex_depth offset 0s > 5 and ex_depth < 3",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "one value in two places, both at one time",
      query: "ex_depth @ end() > 5 and (ex_depth @ end()) < 3",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "one value in two places, @ and offset in either order",
      query: "ex_depth @ 10 offset 5m > 5 and ex_depth offset 5m @ 10 < 3",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "one value in two places, over one subquery",
      query: "max_over_time(ex_depth[1h:1m]) > 5 and max_over_time(ex_depth[60m:60s]) < 3",
      findings: [`${panel} wants one value to be above 5 and below 3 at once, which is never true. Change one of the numbers.`],
    },
    {
      name: "a quantile in percent",
      query: "histogram_quantile(95, sum by (le) (rate(ex_latency_seconds_bucket[5m])))",
      findings: [
        `${panel} asks histogram_quantile() for the quantile 95, but quantiles lie within 0 and 1: the result is infinite. Write 0.95.`,
      ],
    },
    {
      name: "a negative quantile",
      query: "quantile(-0.5, ex_depth)",
      findings: [`${panel} asks quantile for the quantile -0.5, but quantiles lie within 0 and 1: the result is infinite.`],
    },
    {
      name: "the topmost none",
      query: "topk(0, ex_depth)",
      findings: [`${panel} asks topk for 0 series, which are none. Ask for at least 1.`],
    },
  ],
});
