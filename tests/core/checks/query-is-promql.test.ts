import { queryIsPromql } from "../../../core/checks/query-is-promql";
import { recordingRule } from "../../../core/model/recording-rule";
import { queryOf } from "../../../core/model/query";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra: the panel";
const features = { prometheusFeatures: ["promql-experimental-functions"] };
const ranged = recordingRule("ex:ex_depth:range", { query: queryOf("ex_depth[5m]") });

testCheck(queryIsPromql, {
  accepted: [
    {
      name: "numbers in every form",
      query: "ex_depth > 1. or ex_depth > .5 or ex_depth > 0x1F or ex_depth > 1_000 or ex_depth > 1e3",
    },
    {
      name: "durations in every form",
      query: "rate(ex_joins_total[1h30m]) + rate(ex_joins_total[500ms]) + rate(ex_joins_total[2w])",
    },
    { name: "an offset into the future", query: "ex_depth offset -5m" },
    { name: "a computed duration", query: "sum(rate(ex_joins_total[5m * 2]))" },
    { name: "Grafana's numbers and durations", query: "rate(ex_joins_total[$__rate_interval]) * $__range_s / ${__interval_ms}" },
    { name: "a backslash that is escaped", query: 'ex_depth{instance=~"mc-\\\\d+:8081"}' },
    { name: "a backslash in backticks", query: "ex_depth{instance=~`mc-\\d+:8081`}" },
    { name: "a pattern in RE2's own dialect", query: 'ex_depth{instance=~"(?i)mc-[[:digit:]]+:8081"}' },
    { name: "an escaped dot", query: 'ex_depth{instance!~"10[.]0\\\\..*"}' },
    { name: "a name in quotes", query: '{"ex_depth", "actor_type"="Meeting"}' },
    { name: "an aggregation of two arguments", query: "topk(5, ex_depth)" },
    { name: "a metric that is named as a keyword", query: "fill + fill" },
    { name: "a time", query: "ex_depth @ 1609746000 offset 5m" },
    { name: "what the environment has enabled", query: "mad_over_time(ex_depth[5m])", model: features },
    {
      name: "a range in a command, which shows its samples",
      markdown: (text) => text.replace("max by (actor_type) (ex_depth)", "ex_depth[5m]").replace(" panel=ex-overview/depth", ""),
    },
  ],
  reported: [
    {
      name: "an unclosed parenthesis",
      query: "sum(rate(ex_joins_total[5m])",
      findings: [`${panel} is refused by Prometheus at column 29: a ( is not closed. It is "sum(rate(ex_joins_total[5m])".`],
    },
    {
      name: "an empty query",
      query: "",
      findings: [`${panel} is refused by Prometheus at column 1: unexpected the end in an expression. It is "".`],
    },
    {
      name: "a fault in the second line",
      query: "ex_depth\n  + on ex_depth",
      findings: [
        `${panel} is refused by Prometheus at line 2, column 8: unexpected "ex_depth" in the labels of on, expected "(". It is "ex_depth\\n  + on ex_depth".`,
      ],
    },
    {
      name: "an escape that Go does not know",
      query: 'ex_depth{instance=~"mc-\\d+:8081"}',
      findings: [
        `${panel} is refused by Prometheus at column 24: unknown escape \\d in a string; a backslash is written \\\\, or the string in backticks. It is "ex_depth{instance=~\\"mc-\\\\d+:8081\\"}".`,
      ],
    },
    {
      name: "an unclosed class in a pattern",
      query: 'ex_depth{actor_type=~"[Meeting"}',
      findings: [`${panel} is refused by Prometheus at column 22: error parsing regexp: missing closing ]: \`[Meeting\`.`],
    },
    {
      name: "a look-ahead",
      query: 'ex_depth{actor_type!~"(?!Meeting).*"}',
      findings: [
        `${panel} is refused by Prometheus at column 22: error parsing regexp: invalid or unsupported Perl syntax: \`(?!\`.`,
      ],
    },
    {
      name: "a glob for a pattern",
      query: 'ex_depth{instance=~"*.example"}',
      findings: [
        `${panel} is refused by Prometheus at column 20: error parsing regexp: missing argument to repetition operator: \`*\`.`,
      ],
    },
    {
      name: "a broken duration",
      query: "rate(ex_joins_total[1.5h])",
      findings: [`${panel} is refused by Prometheus at column 21: 1.5h is no duration such as 90s or 1h30m.`],
    },
    {
      name: "a range of a negative duration",
      query: "rate(ex_joins_total[-5m])",
      findings: [`${panel} is refused by Prometheus at column 21: a duration must be greater than 0.`],
    },
    {
      name: "an offset of a number",
      query: "ex_depth > 5 offset 5m",
      findings: [`${panel} is refused by Prometheus at column 12: offset must follow a selector, a range or a subquery.`],
    },
    {
      name: "two offsets",
      query: "ex_depth offset 5m offset 1h",
      findings: [`${panel} is refused by Prometheus at column 1: offset is set twice.`],
    },
    {
      name: "a time of a call",
      query: "sum(ex_depth) @ 5",
      findings: [`${panel} is refused by Prometheus at column 1: @ must follow a selector, a range or a subquery.`],
    },
    {
      name: "an endless time",
      query: "ex_depth @ Inf",
      findings: [`${panel} is refused by Prometheus at column 12: @ Inf is out of range.`],
    },
    {
      name: "three arguments of topk",
      query: "topk(5, ex_depth, ex_depth)",
      findings: [`${panel} is refused by Prometheus at column 1: topk takes 2 arguments, not 3.`],
    },
    {
      name: "a rate without a range",
      query: "rate(ex_joins_total)",
      findings: [`${panel} is refused by Prometheus: rate() takes a range vector, not an instant vector.`],
    },
    {
      name: "too many arguments",
      query: "clamp(ex_depth, 1)",
      findings: [`${panel} is refused by Prometheus: clamp() takes 3 arguments, not 2.`],
    },
    {
      name: "a function that does not exist",
      query: "avg_overtime(ex_depth[5m])",
      findings: [`${panel} is refused by Prometheus: there is no function avg_overtime(). Did you mean "avg_over_time"?`],
    },
    {
      name: "a set operator on a scalar",
      query: "ex_depth and 1",
      findings: [`${panel} is refused by Prometheus: the set operator and takes no scalar.`],
    },
    {
      name: "a selector of everything",
      query: '{job=~".*"}',
      findings: [
        `${panel} is refused by Prometheus: a selector needs a name, or a matcher that an absent label does not satisfy.`,
      ],
    },
    {
      name: "functions and aggregations behind a feature flag",
      query: "mad_over_time(ex_depth[5m]) + limitk(2, ex_depth)",
      findings: ["limitk()", "mad_over_time()"].map(
        (what) =>
          `${panel} uses ${what}, which Prometheus has only with --enable-feature=promql-experimental-functions. Do without it, or name the feature in prometheusFeatures.`,
      ),
    },
    {
      name: "what another feature enables",
      query: "ex_depth + fill(0) ex_depth",
      model: features,
      findings: [
        `${panel} uses fill, which Prometheus has only with --enable-feature=promql-binop-fill-modifiers. Do without it, or name the feature in prometheusFeatures.`,
      ],
    },
    {
      name: "Grafana's durations in a rule",
      service: {
        recordingRules: [recordingRule("ex:ex_joins:rate", { query: queryOf("rate(ex_joins_total[$__range])") })],
      },
      findings: [
        "services/ex/recording-rules.ts ex:ex_joins:rate: the recording rule uses $__range, which only Grafana knows. Write a duration such as 5m.",
      ],
    },
    {
      name: "a rule that records a range",
      service: { recordingRules: [ranged] },
      findings: [
        "services/ex/recording-rules.ts ex:ex_depth:range: the recording rule selects a range of samples, where one value a series is needed. Wrap it in a function such as rate().",
      ],
    },
    {
      name: "a string",
      query: '"ex_depth"',
      findings: [`${panel} is a string, where one value a series is needed. Write it without quotes.`],
    },
  ],
});
