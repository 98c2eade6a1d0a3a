import { templateExpands } from "../../../core/checks/template-expands";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const repair = "Write labels as {label} and the value as {value}, or repair it.";
const faulty = (summary: string, fault: string, name = summary) => ({
  name,
  alert: { summary },
  findings: [`${at}: its summary is no template that Prometheus can expand: ${fault} ${repair}`],
});
const seconds = panel("s", {
  title: "S",
  description: "S.",
  unit: "s",
  queries: { s: { query: queryOf("ex_depth"), legend: "" } },
});

testCheck(templateExpands, {
  accepted: [
    "{{ $labels.actor_type | toUpper }}",
    "{{- $labels.actor_type -}}",
    "{{ .Labels.actor_type }} {{ .Value }} {{ $.Labels.actor_type }}",
    '{{ printf "%.2f" $value }}/s of {{ index $labels "actor_type" }} and {{ index .Labels `actor_type` }}',
    '{{ with $labels.actor_type }}{{ . }}{{ else }}nothing{{ end }} {{ if eq $labels.actor_type "x" }}a{{ else if gt $value 5.0 }}b{{ end }}',
    "{{ $x := $labels.actor_type }}{{ $x }} {{/* a comment */}}",
    '{{ ($labels.actor_type | toLower) | printf "%s" }}',
    '{actor_type} { not a label } {} }} {"a": 1}',
    "it costs $5, ${HOME} and $label",
    '{{ if eq $labels.actor_type "1" }}{{ $labels.actor_type | humanize }}{{ end }}',
  ]
    .map((summary) => ({ name: summary, alert: { summary } }))
    .concat([
      { name: "what no rule test has to try", alert: { summary: '{{ query "up" | first | value }}', examples: [] } as never },
    ])
    .concat([
      { name: "a label that prints a label", alert: { summary: "x", labels: { of: "{{ $labels.actor_type }}" } } as never },
    ]),
  reported: [
    faulty("{{ $label.actor_type }}", 'there is no variable "$label". Did you mean "$labels"?'),
    faulty("{{ $lables.actor_type }}", 'there is no variable "$lables". Did you mean "$labels"?'),
    faulty("{{ $value | humanizePercent }}", 'there is no function "humanizePercent". Did you mean "humanizePercentage"?'),
    faulty("{{ $value", '"{{ $value" is not closed.'),
    faulty("{{ end }}", '"{{ end }}" ends nothing.'),
    faulty("{{ if $value }}x", 'an "{{ if }}" or "{{ with }}" has no "{{ end }}".'),
    faulty("{{ }}", '"{{ }}" is empty.'),
    faulty("{{ .labels.actor_type }}", 'there is no ".labels" to print, only .Labels and .Value.'),
    faulty("{{ humanize }}", '"humanize" takes 1 arguments, not 0.'),
    faulty(
      "{{ if gt $value 5 }}x{{ end }}",
      "the number 1.5, which has a fraction as far as Go is concerned cannot be compared with the whole number 5.",
    ),
    faulty('{{ printf "%d" $value }}', '"printf" prints no number with a fraction with %d.'),
    faulty("{{ $value | $labels.actor_type }}", '"$labels" is no function and takes no "|".'),
    faulty(
      '{{ query "up" | first | value }}',
      '"query" cannot be tried out by the rule tests: what it prints, only a running Prometheus knows.',
    ),
    faulty("{{ range $labels }}x{{ end }}", '"{{ range }}" cannot be tried out by the rule tests.'),
    ...["$labels.actor_type", "$value"].map((written) =>
      faulty(`{${written}}`, `"${written}" stands outside of "{{ }}", and is printed as it is written.`),
    ),
    faulty('{{ range query "up" }}{{ .Value | humanise }}{{ end }}', 'there is no function "humanise". Did you mean "humanize"?'),
    faulty("{{ if false }}{{ $nope }}{{ end }}", 'there is no variable "$nope".', "a fault in a branch that is not taken"),
    {
      name: "a label that prints the value",
      alert: { labels: { depth: "{{ $value }}" } },
      findings: [
        `${at}: its label "depth" prints the value: with each new value it would be another alert, which begins to wait anew. Print the value in the summary.`,
      ],
    },
    {
      name: "a share of seconds",
      alert: { panel: seconds, summary: "{{ $value | humanizePercentage }}" },
      findings: [
        `${at}: its summary prints the value with humanizePercentage, but its panel is in the unit "s". Write {value}, which is printed in that unit.`,
      ],
    },
  ],
});
