import { requiredGroupingIsKept } from "../../../core/checks/required-grouping-is-kept";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { p95 } from "./example";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra";
const grouped = recordingRule("ex:ex_depth:max", { query: queryOf("max by (actor_type) (ex_depth)") });

testCheck(requiredGroupingIsKept, {
  accepted: [
    { name: "without, which keeps the label", query: "sum without (instance) (rate(ex_dropped_total[5m]))" },
    { name: "a metric that has none", query: "sum(ex_joins_total)" },
    {
      name: "an exception with its reason",
      query: "sum(ex_depth)",
      panel: { accepts: { "required-grouping-is-kept": "A total for capacity planning." } },
    },
    ...["{{ .Labels.actor_type }}", '{{ index $labels "actor_type" }}', "{{ with $labels }}{{ .actor_type }}{{ end }}"].map(
      (summary) => ({
        name: `a summary that names it as ${summary}`,
        alert: { summary },
      }),
    ),
    { name: "one under the former id", query: "sum(ex_depth)", panel: { accepts: { "debug-label": "A total." } } },
  ],
  reported: [
    {
      name: "a summary that names a label whose name only begins alike",
      alert: { summary: "{{ $labels.actor_type_id }}" },
      findings: [
        "services/ex/alerts.ts EXDeep: the summary does not name the actor_type by which this is debugged. Write {{ $labels.actor_type }} into it.",
      ],
    },
    {
      name: "an aggregate over it",
      query: "sum(ex_depth)",
      findings: [`${panel}: the panel aggregates ex_depth without "actor_type", the label to debug by. Group by (actor_type).`],
    },
    {
      name: "without (actor_type)",
      query: "sum without (actor_type) (ex_depth)",
      findings: [`${panel}: the panel aggregates ex_depth without "actor_type", the label to debug by. Group by (actor_type).`],
    },
    {
      name: "an aggregate over a recording rule",
      query: "max(ex:ex_depth:max)",
      service: { recordingRules: [p95, grouped] },
      findings: [`${panel}: the panel aggregates ex_depth without "actor_type", the label to debug by. Group by (actor_type).`],
    },
    {
      name: "a summary that does not name it",
      alert: { summary: "Mailboxes are deep" },
      findings: [
        "services/ex/alerts.ts EXDeep: the summary does not name the actor_type by which this is debugged. Write {{ $labels.actor_type }} into it.",
      ],
    },
  ],
});
