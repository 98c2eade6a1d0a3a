import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { counter, gauge, histogram } from "../../../core/model/metric";
import { increaseOf, not, promql, queryOf, where, withWindow } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";

const requests = counter("ex_requests_total", { unit: "requests", help: "x", labels: { status: ["ok", "error"] } });
const depth = gauge("ex_depth", { unit: "items", help: "x", labels: { queue: { atMost: 5 } } });
const asked = counter("ex_asked_total", { unit: "requests", help: "x", labels: { endpoint: { atMost: 5 } } });
const latency = histogram("ex_latency_seconds", { unit: "seconds", help: "x", labels: {}, buckets: [1] });
const ratio = promql`rate(${requests}[5m]) / ${depth}`;

describe("promql", () => {
  const rows: readonly (readonly [name: string, expr: string, expected: string])[] = [
    ["writes a metric's name", promql`sum(${depth})`.expr, "sum(ex_depth)"],
    ["writes the name of a histogram's series", promql`rate(${latency.bucket}[5m])`.expr, "rate(ex_latency_seconds_bucket[5m])"],
    ["writes numbers and durations", promql`rate(${requests}[${"10m"}]) > ${0.5}`.expr, "rate(ex_requests_total[10m]) > 0.5"],
    ["writes a recording rule's name", promql`max(${recordingRule("a:b:c", { query: ratio })})`.expr, "max(a:b:c)"],
    ["parenthesises a query beside an operator", promql`${ratio} * 2`.expr, "(rate(ex_requests_total[5m]) / ex_depth) * 2"],
    ["parenthesises a negation", promql`${promql`-${depth}`} ^ 2`.expr, "(-ex_depth) ^ 2"],
    [
      "parenthesises before a range",
      promql`max_over_time(${ratio}[1h:])`.expr,
      "max_over_time((rate(ex_requests_total[5m]) / ex_depth)[1h:])",
    ],
    ["adds none where a call encloses the query", promql`sum(${ratio})`.expr, "sum(rate(ex_requests_total[5m]) / ex_depth)"],
    ["adds none around a single call", promql`${promql`sum(${depth})`} * 2`.expr, "sum(ex_depth) * 2"],
    [
      "takes the indentation of the source out",
      promql`
        sum(${depth})
          / 2`.expr,
      "sum(ex_depth)\n  / 2",
    ],
    [
      "leaves comments out, so that they cannot swallow what follows",
      promql`
        # all of them
        sum(${depth}) # now
        / 2 # halved`.expr,
      "sum(ex_depth)\n/ 2",
    ],
    ["takes backslashes as they are written", promql`${depth}{queue=~"a\\d|\\\\."}`.expr, 'ex_depth{queue=~"a\\\\d|\\\\\\\\."}'],
    ["breaks lines outside strings only", promql`${depth}\n+ ${depth}{queue="\n"}`.expr, 'ex_depth\n+ ex_depth{queue="\\n"}'],
    ["takes escaped backticks and dollars for what they are", promql`${depth}{queue=~\`\${a}\`}`.expr, "ex_depth{queue=~`${a}`}"],
    ["keeps a hash within a string", queryOf('ex_depth{queue="#1"} # first').expr, 'ex_depth{queue="#1"}'],
  ];
  for (const [name, expr, expected] of rows) {
    it(name, () => {
      assert.equal(expr, expected);
    });
  }
});

describe("where", () => {
  const rows: readonly (readonly [name: string, expr: string, expected: string])[] = [
    ["writes values as equalities", where(requests, { status: "ok" }).expr, 'ex_requests_total{status="ok"}'],
    ["writes regular expressions as such", where(requests, { status: /ok|error/ }).expr, 'ex_requests_total{status=~"ok|error"}'],
    ["escapes as PromQL strings need it", where(depth, { queue: /a\d"/ }).expr, 'ex_depth{queue=~"a\\\\d\\""}'],
    ["takes the target's labels", where(depth, { job: "ex", instance: /ex-0.*/ }).expr, 'ex_depth{job="ex",instance=~"ex-0.*"}'],
    ["without matchers selects everything", where(depth, {}).expr, "ex_depth"],
    ["excludes a value", where(depth, { job: not("ex") }).expr, 'ex_depth{job!="ex"}'],
    [
      "excludes under the operator's name too what a target there has a label for",
      where(asked, { endpoint: not(/\/health|\/ready/) }).expr,
      'ex_asked_total{endpoint!~"/health|/ready",exported_endpoint!~"/health|/ready"}',
    ],
    [
      "excludes under one name what series without the label have",
      where(asked, { endpoint: not("") }).expr,
      'ex_asked_total{endpoint!=""}',
    ],
    [
      "excludes under one name what such a pattern matches",
      where(asked, { endpoint: not(/a?/) }).expr,
      'ex_asked_total{endpoint!~"a?"}',
    ],
    ["asks for a value under one name", where(asked, { endpoint: "/join" }).expr, 'ex_asked_total{endpoint="/join"}'],
    ["excludes a pattern, slashes as they are", where(depth, { queue: not(/\/a|\/b/) }).expr, 'ex_depth{queue!~"/a|/b"}'],
  ];
  for (const [name, expr, expected] of rows) {
    it(name, () => {
      assert.equal(expr, expected);
    });
  }

  it("refuses what is a pattern in JavaScript only", () => {
    const refused =
      (queue: RegExp): (() => unknown) =>
      () =>
        where(depth, { queue });
    assert.throws(refused(/^(?!a)/), /^TypeError: Prometheus takes no pattern such as .*invalid or unsupported Perl syntax/);
    assert.throws(refused(/a/i), /^TypeError: .*its flags "i" would be lost; write what they mean into the pattern\.$/);
    assert.throws(refused(/a\sb/), /^TypeError: .*\\s is another set of characters there/);
    assert.throws(() => where(depth, { queue: not(/\u0041/) }), /^TypeError: .*invalid escape sequence/);
  });

  it("takes patterns that both have", () => {
    const patterns = [/[a-z]+\d{2,}/, /a\\s/, /(?:x|y)?\.z/, /^\w+$/, /\bq/];
    for (const queue of patterns) assert.match(where(depth, { queue }).expr, /^ex_depth\{queue=~".*"\}$/);
  });
});

describe("a query", () => {
  it("gets a fixed window everywhere in place of $__rate_interval", () => {
    const query = queryOf("rate(a[$__rate_interval]) / rate(b[$__rate_interval])");
    assert.equal(withWindow(query, "10m").expr, "rate(a[10m]) / rate(b[10m])");
  });

  it("counts births and increments of a counter, and nothing that is old", () => {
    assert.equal(
      increaseOf({ counter: requests, job: "ex" }, "5m").expr,
      [
        "(ex_requests_total unless last_over_time(ex_requests_total[1h] offset 5m) <= ex_requests_total)",
        '  and on (job) max_over_time(up{job="ex"}[50m] offset 6m) == 1',
        '  unless on (job, instance) max_over_time(up{job="ex"}[1h] offset 5m) == 0',
        "or increase(ex_requests_total[5m])",
      ].join("\n"),
    );
  });
});
