import { metricIsDeclared } from "../../../core/checks/metric-is-declared";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { p95 } from "./example";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";

testCheck(metricIsDeclared, {
  accepted: [
    { name: "a platform metric", query: 'sum by (pod) (container_memory_working_set_bytes{namespace="dark-tower"})' },
    { name: "vector(1)", query: "sum(up) or vector(1)" },
    { name: "an offset", query: "sum(ex_joins_total offset 5m)" },
    { name: "a subquery", query: "max_over_time(sum(ex_joins_total)[1h:5m])" },
    { name: "$__rate_interval", query: "sum(rate(ex_joins_total[$__rate_interval]))" },
    { name: "the @ modifier", query: "sum(ex_joins_total @ end())" },
    { name: "a duration expression", query: "sum(rate(ex_joins_total[5m * 2]))" },
    { name: "a recording rule", query: "ex:ex_latency_seconds:p95_5m" },
    { name: "a series of a histogram", query: "sum(rate(ex_latency_seconds_count[5m]))" },
    {
      name: "several queries and comments in one block",
      markdown: (text) => `${text}\n\`\`\`promql\n# one\nsum(up)\n\n# two\nsum(ex_joins_total)\n\`\`\`\n`,
    },
    {
      name: "a # in a shell comment",
      markdown: (text) =>
        `${text}\n\`\`\`bash\n# counts ex_joins_total\ncurl -s localhost/metrics | grep ex_joins_total\n\`\`\`\n`,
    },
  ],
  reported: [
    {
      name: "a panel's metric",
      query: "sum(ex_joinz_total)",
      findings: [`${panel}: the panel uses "ex_joinz_total", which no catalog declares. Did you mean "ex_joins_total"?`],
    },
    {
      name: "a bare histogram",
      query: "sum(ex_latency_seconds)",
      findings: [
        `${panel}: the panel uses the histogram "ex_latency_seconds" itself, which has no samples. Use ex_latency_seconds_bucket, ex_latency_seconds_count or ex_latency_seconds_sum.`,
      ],
    },
    {
      name: "a selector without a name",
      query: 'sum({job="x"})',
      findings: [`${panel}: the panel selects series without naming a metric. Name one.`],
    },
    {
      name: "an alert's expression",
      alert: { when: { expression: queryOf("ex_depht > 1"), trigger: "x" } },
      findings: ['services/ex/alerts.ts EXDeep: the alert uses "ex_depht", which no catalog declares. Did you mean "ex_depth"?'],
    },
    {
      name: "a recording rule",
      service: { recordingRules: [p95, recordingRule("ex:x:sum", { query: queryOf("sum(ex_gone)") })] },
      findings: ['services/ex/recording-rules.ts ex:x:sum: the recording rule uses "ex_gone", which no catalog declares.'],
    },
    {
      name: "a promql block of a runbook",
      markdown: (text) => `${text}\n\`\`\`promql\nsum(ex_jons_total)\n\`\`\`\n`,
      findings: [
        'runbooks/ex/incident-response.md:29: the runbook command uses "ex_jons_total", which no catalog declares. Did you mean "ex_joins_total"?',
      ],
    },
    {
      name: "a name inside a shell command",
      markdown: (text) => `${text}\n\`\`\`bash\necho\ncurl -s localhost:8081/metrics | grep ex_jons_total\n\`\`\`\n`,
      findings: [
        'runbooks/ex/incident-response.md:31: the shell command uses "ex_jons_total", which no catalog declares. Did you mean "ex_joins_total"?',
      ],
    },
    {
      name: "a name in inline code",
      markdown: (text) => `${text}\nLook at \`ex_jons_total\`.\n`,
      findings: [
        'runbooks/ex/incident-response.md:29: the text uses "ex_jons_total", which no catalog declares. Did you mean "ex_joins_total"?',
      ],
    },
  ],
});
