import { annotationLabelIsKept } from "../../../core/checks/annotation-label-is-kept";
import { queryOf } from "../../../core/model/query";
import { depthPanel } from "./example";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const expression = (expr: string) => ({ when: { expression: queryOf(expr), trigger: "x" } });

testCheck(annotationLabelIsKept, {
  accepted: [
    { name: "a label of the alert's that prints one", alert: { labels: { kind: "{{ $labels.actor_type | toLower }}" } } },
    {
      name: "a label of the alert's that asks for one",
      alert: { labels: { kind: '{{ if eq .Labels.actor_type "Meeting" }}m{{ end }}' } },
    },
    { name: "the name of what is compared", alert: { ...expression("ex_depth > 100"), summary: "{{ $labels.__name__ }}" } },
    {
      name: "a label that unless keeps",
      alert: { ...expression("up unless on (instance) ex_depth"), summary: "{{ $labels.job }}" },
    },
    { name: "a label that absent invents", alert: { ...expression('absent(up{job="x"})'), summary: "{{ $labels.job }}" } },
  ],
  reported: [
    {
      name: "a label of the alert's that prints what is gone",
      alert: { labels: { kind: "{{ $labels.actor }}", team: "core" } },
      findings: [
        `${at}: its label "kind" prints $labels.actor, which the expression does not keep. It keeps actor_type. Did you mean "actor_type"?`,
      ],
    },
    {
      name: "a label that the aggregation dropped",
      alert: { summary: "{{ $labels.actor_type }} on {{ $labels.instance }}" },
      findings: [`${at}: an annotation prints $labels.instance, which the expression does not keep. It keeps actor_type.`],
    },
    {
      name: "a slip of the pen",
      alert: { summary: "{{ $labels.actortype }}" },
      findings: [
        `${at}: an annotation prints $labels.actortype, which the expression does not keep. It keeps actor_type. Did you mean "actor_type"?`,
      ],
    },
    {
      name: "le after a quantile",
      alert: {
        ...expression("histogram_quantile(0.9, sum by (le) (rate(ex_latency_seconds_bucket[5m]))) > 1"),
        summary: "{{ $labels.le }}",
        panel: depthPanel,
      },
      findings: [`${at}: an annotation prints $labels.le, which the expression does not keep. It keeps no labels.`],
    },
  ],
});
