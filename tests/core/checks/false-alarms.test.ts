import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { runChecks } from "../../../core/checks/check";
import { recordingRule } from "../../../core/model/recording-rule";
import { queryOf } from "../../../core/model/query";
import { renderPlace } from "../../../core/render/findings";
import { exampleModel, p95, runbook, type Change } from "./example";

const depth = "ex_depth";
const requests = "ex_joins_total";
const bucket = "ex_latency_seconds_bucket";

/** PromQL that is right, however unusual; each stands on a panel. */
const queries: Readonly<Record<string, string>> = {
  "a platform metric": 'sum(up{job="ex-service"})',
  "vector() as a fallback": `sum(rate(${requests}[5m])) or vector(0)`,
  "vector() below a grouping": `sum by (status) (rate(${requests}[5m]) or vector(0))`,
  "offset, also negative": `rate(${requests}[5m] offset 5m) / rate(${requests}[5m] offset -5m)`,
  "a subquery": `max_over_time(rate(${requests}[5m])[1h:1m])`,
  "a subquery without a step": `max_over_time(sum(rate(${requests}[5m]))[1h:])`,
  $__rate_interval: `sum(rate(${requests}[$__rate_interval]))`,
  "Grafana's variable in braces": `sum(increase(${requests}[\${__range}]))`,
  "@ end()": `rate(${requests}[5m] @ end())`,
  "@ with a time": `sum(rate(${requests}[5m] @ 1700000000))`,
  label_replace: `label_replace(max by (actor_type) (${depth}), "who", "$1", "actor_type", "(.*)")`,
  "a grouping by what label_replace makes": `sum by (who, actor_type) (label_replace(${depth}, "who", "$1", "actor_type", "(.*)"))`,
  label_join: `label_join(${depth}, "who", "-", "actor_type", "instance")`,
  group_left: `sum by (instance, status) (rate(${requests}[5m])) / on (instance) group_left sum by (instance) (rate(${requests}[5m]))`,
  "group_left with a label": `rate(${requests}[5m]) * on (instance) group_left (actor_type) ${depth}`,
  group_right: `max by (instance) (up) * on (instance) group_right ${depth}`,
  "ignoring a label of one side": `sum by (instance, status) (rate(${requests}[5m])) / ignoring (status) group_left sum by (instance) (rate(${requests}[5m]))`,
  "a duration expression": `sum(rate(${requests}[5m * 2]))`,
  "a regular expression of alternatives": `sum(rate(${requests}{status=~"success|failure"}[5m]))`,
  "a negative regular expression": `sum(rate(${requests}{status!~"fail.*"}[5m]))`,
  "a regular expression that only RE2 knows": `sum(rate(${requests}{status=~"(?i)SUCCESS"}[5m]))`,
  "an empty matcher": `sum(rate(${requests}{status!=""}[5m]))`,
  "a matcher on the target's labels": `sum(rate(${requests}{job="ex-service",instance=~".+:8080"}[5m]))`,
  "a bucket": `sum(rate(${bucket}{le="0.5"}[5m]))`,
  "a whole bucket as Prometheus 3 writes it": `sum(rate(${bucket}{le="1.0"}[5m]))`,
  "a bucket as either version writes it": `sum(rate(${bucket}{le=~"1|1\\\\.0"}[5m]))`,
  "the bucket of all": `sum(rate(${bucket}{le="+Inf"}[5m]))`,
  topk: `topk(3, ${depth})`,
  or: `rate(${requests}[5m]) or ${depth}`,
  unless: `${depth} unless on (instance) up == 0`,
  "keywords in capitals": `SUM BY (status) (rate(${requests}[5m])) OR vector(0)`,
  absent: `absent(${depth}{actor_type="Meeting"})`,
  absent_over_time: `absent_over_time(${requests}{job="ex-service"}[5m])`,
  "a recording rule": "max by (status) (ex:ex_latency_seconds:p95_5m)",
  count_values: `count_values by (actor_type) ("depth", ${depth})`,
  "a comparison as a number": `sum(rate(${requests}[5m])) > bool 0.5`,
  "a scalar": `scalar(sum(up)) * sum(rate(${requests}[5m]))`,
  "time()": "time() - 3600",
  "how long something has been so": "increase(timestamp(ex_depth > 100)[1h:])",
  "the alerts that fire": 'count by (alertname) (ALERTS{alertstate="firing"})',
  "what a scrape takes": "max by (instance) (scrape_duration_seconds) > 5 or scrape_samples_scraped > 10000",
  "an average from a histogram": `sum(rate(ex_latency_seconds_sum[5m])) / sum(rate(ex_latency_seconds_count[5m]))`,
  "a quantile guarded by another metric": `histogram_quantile(0.9, sum by (le) (rate(${bucket}[5m])) and on () up == 1)`,
  "a name in __name__": `sum(rate({__name__="${requests}", status="success"}[5m]))`,
  "a grouping by __name__": `count by (__name__) ({__name__="${requests}"})`,
  "a comment behind a query": `sum(rate(${requests}[5m])) # per second`,
  "a comment within a query": `sum(rate(${requests}{status="success"}[5m])) # good\n/ sum(rate(${requests}[5m]))`,
  "a hash within a string": `label_replace(${depth}, "who", "#$1", "actor_type", "(.*)")`,
  "a trailing comma": `sum by (status,) (rate(${requests}[5m]))`,
  "a grouping behind the operand": `sum(rate(${requests}[5m])) by (status)`,
  "a query of many thousand characters": Array.from({ length: 100 }, () => `sum(rate(${requests}{status="success"}[5m]))`).join(
    " + ",
  ),
};

/** Markdown that is right, at the end of a runbook. */
const markdown: Readonly<Record<string, readonly string[]>> = {
  "a heading with backticks": ["[There](#run-npm-ci-again)", "", "## Run `npm ci` again"],
  "a heading with a slash": ["[There](#inputoutput-errors)", "", "## Input/output errors"],
  "a heading with an arrow": ["[There](#gc--mc)", "", "## GC → MC"],
  "a heading with an ampersand": ["[There](#logs--metrics)", "", "## Logs & metrics"],
  "a heading with an emoji": ["[There](#-fire)", "", "## 🔥 Fire"],
  "a heading with other letters": ["[There](#größe-und-höhe)", "", "## Größe und Höhe"],
  "repeated titles": ["[First](#again), [second](#again-1), [third](#again-2)", "", "## Again", "## Again", "## Again"],
  "a hash within a fence": ["```bash", "# Not a heading", "true", "```"],
  "a link with a title": ['[There](incident-response.md "The other runbook")'],
  "an external link": ["[Docs](https://prometheus.io/docs/#x) and <https://grafana.com>"],
  "a mail address": ["[Team](mailto:team@example.com)"],
  "a fragment of the same file": ["[Up](#symptoms)"],
  "a path with a folder": ["[There](../ex/incident-response.md#scenario-1-deep-mailboxes)"],
  "an anchor with escaped letters": ["[There](#gr%C3%B6%C3%9Fe)", "", "## Größe"],
  "a link in a fence": ["```markdown", "[x](nowhere.md)", "```"],
  "comments in a promql block": ["```promql", "# all", `sum(rate(${requests}[5m]))`, "# per actor type", depth, "```"],
  "a comment in the middle of a query": [
    "```promql",
    "sum(",
    "  # the good ones",
    `  rate(${requests}{status="success"}[5m])`,
    ")",
    "```",
  ],
  "a comment behind an operator": [
    "```promql",
    `sum(rate(${requests}{status="success"}[5m])) /`,
    "# all",
    `sum(rate(${requests}[5m]))`,
    "```",
  ],
  "several queries with blank lines": ["```promql", depth, "", "up", "```"],
  "several queries, one a line": ["```promql", depth, "up", "```"],
  "a range, as one types it into Prometheus": ["```promql", `${requests}[5m]`, "```"],
  "a metric in a shell command": ["```bash", `curl -s localhost:8080/metrics | grep ${requests}`, "```"],
  "the beginning of metric names": ["```bash", "grep '^ex_latency_' metrics.txt; grep -E 'ex_join.*' metrics.txt", "```"],
  "an alternative of metric names": ["```bash", "grep -E 'ex_(depth|joins)_' metrics.txt", "```"],
  "a shell variable that looks like a metric": [
    "```bash",
    "ex_pod=$(kubectl get pods -o name)",
    'echo "$ex_pod ${ex_pod}"',
    "```",
  ],
  "a file that looks like a metric": ["```bash", "cat /etc/ex_config ex_config.yaml", "```"],
  "a histogram's own name in text": ["`ex_latency_seconds` has three buckets."],
  "another service's acronym in text": ["`EXPLAIN` and `EX` are no alerts."],
  "an alert that a command silences": ["```bash", 'amtool silence add alertname="EXDeep"', "```"],
  "Windows line ends": ["## Rollback\r", "\r", "[Up](#rollback)\r", "```promql\r", "sum(up)\r", "/ sum(up)\r", "```\r"],
};

/** Changes of declared things that are right. */
const changes: Readonly<Record<string, Change>> = {
  "a recording rule of a recording rule": {
    service: {
      recordingRules: [p95, recordingRule("ex:ex_latency_seconds:p95_max", { query: queryOf(`max(${p95.name})`) })],
    },
  },
  "token_type as a label": { query: `label_replace(${depth}, "token_type", "jwt", "", "")` },
  "ip_family as a label": { query: `label_replace(${depth}, "ip_family", "4", "", "")` },
  "a finding that is accepted beside an alert": {
    alert: { examples: [], accepts: { "alert-is-tested": "The exporter is not released yet." } },
  },
  "findings that are accepted below a heading": {
    markdown: (text) =>
      [
        text,
        "## Elsewhere",
        "<!-- accept link-exists: that file comes with the next release -->",
        "<!-- accept metric-is-declared: the sidecar exports it -->",
        "",
        "[Later](later.md), `ex_sidecar_total`",
      ].join("\n"),
  },
  "a scenario that is accepted without an alert": {
    markdown: (text) =>
      text +
      runbook
        .replace(/^[^]*?## Scenario 1: Deep mailboxes/, "\n## Scenario 2: Drill\n\n<!-- accept section-has-alert: a drill -->")
        .trimEnd(),
  },
  "an alert on the absence of a metric that has a debug label": {
    alert: {
      when: { expression: queryOf(`absent(${depth})`), trigger: "nothing is reported" },
      summary: "No mailbox is reported",
    },
  },
};

describe("all checks together", () => {
  for (const [name, query] of Object.entries(queries)) {
    it(`accept ${name} in a query`, () => {
      assert.deepEqual(findingsOf({ query }), []);
    });
  }
  for (const [name, lines] of Object.entries(markdown)) {
    it(`accept ${name} in a runbook`, () => {
      assert.deepEqual(findingsOf({ markdown: (text) => [text, ...lines, ""].join("\n") }), []);
    });
  }
  for (const [name, change] of Object.entries(changes)) {
    it(`accept ${name}`, () => {
      assert.deepEqual(findingsOf(change), []);
    });
  }
});

function findingsOf(change: Change): readonly string[] {
  return runChecks(exampleModel(change), checks).findings.map((finding) => `${renderPlace(finding)}: ${finding.message}`);
}
