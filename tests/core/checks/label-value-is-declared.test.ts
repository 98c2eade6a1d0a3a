import { labelValueIsDeclared } from "../../../core/checks/label-value-is-declared";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";

testCheck(labelValueIsDeclared, {
  accepted: [
    { name: "a regular expression", query: 'sum(ex_joins_total{status=~"succ.*|failure"})' },
    { name: "a regular expression that only RE2 knows", query: 'sum(ex_joins_total{status=~"(?i)SUCCESS"})' },
    {
      name: "one kind of several that is not counted here",
      query: 'sum(ex_joins_total{status=~"succ.*|err.*"}) + sum(ex_joins_total{status!~"err.*|succ.*"})',
    },
    { name: "a bucket that exists", query: 'sum(rate(ex_latency_seconds_bucket{le="0.5"}[5m]))' },
    { name: "a label whose values are not listed", query: 'sum(up{job="anything"})' },
    { name: "the service's own job", query: 'sum(ex_depth{job="ex-service"}) + sum(up{job="ex-service"})' },
    { name: "a job that is watched by others", query: 'sum(up{job="ey-service"})' },
    { name: "another job of the service", query: 'sum(up{job="ex-service-batch-jobs"})' },
    { name: "every job of a kind", query: 'sum(up{job=~"ex-.*"})' },
    { name: "the absence of a label", query: 'sum(ex_joins_total{status!=""})' },
  ],
  reported: [
    {
      name: "a job that the service's metrics never have",
      query: 'sum(ex_depth{job="gc-service"})',
      findings: [
        `${panel}: the panel looks for job="gc-service", a value that ex_depth never has. It has ex-service. Did you mean "ex-service"?`,
      ],
    },
    {
      name: "a misspelt job in what every target has",
      query: 'sum(up{job="ex-servce"})',
      findings: [`${panel}: the panel looks for job="ex-servce", but the job of ex is ex-service. Did you mean "ex-service"?`],
    },
    {
      name: "a value",
      query: 'sum(ex_depth{actor_type="Meting"})',
      findings: [
        `${panel}: the panel looks for actor_type="Meting", a value that ex_depth never has. It has Meeting, Connection. Did you mean "Meeting"?`,
      ],
    },
    {
      name: "one alternative of a regular expression",
      query: 'sum(ex_joins_total{status=~"success|error"})',
      findings: [`${panel}: the panel looks for status="error", a value that ex_joins_total never has. It has success, failure.`],
    },
    {
      name: "kinds of which none is counted here",
      query: 'sum(ex_joins_total{status=~"4..|5.."})',
      findings: ["4..", "5.."].map(
        (kind) =>
          `${panel}: the panel looks for status="${kind}", a value that ex_joins_total never has. It has success, failure.`,
      ),
    },
    {
      name: "a negated value, which excludes nothing",
      query: 'sum(ex_joins_total{status!="failed"})',
      findings: [
        `${panel}: the panel looks for status="failed", a value that ex_joins_total never has. It has success, failure. Did you mean "failure"?`,
      ],
    },
  ],
});
