import { privacy } from "../../checks/privacy";
import { counter } from "../../model/metric";
import { queryOf } from "../../model/query";
import { metrics } from "./example";
import { testCheck } from "./rows";

const remedy = "ADR-0011 allows aggregates only. Look at one meeting through structured logs.";
const panel = "services/ex/dashboards.ts ex-overview/extra";
const withLabel = (label: string) => ({
  ...metrics,
  extra: counter("ex_extra_total", { unit: "x", help: "x", labels: { [label]: ["a"] } }),
});

testCheck(privacy, {
  accepted: [
    {
      name: "a pod's address and a Secret in a shell command",
      markdown: (text) =>
        `${text}\n\n\`\`\`bash\nkubectl get pod -o jsonpath={.status.podIP}; kubectl get secret gc_token\n\`\`\`\n`,
    },
    { name: "token_type", metrics: withLabel("token_type") },
    { name: "words that only look alike", metrics: withLabel("description") },
  ],
  reported: [
    {
      name: "a column of a runbook's SQL",
      markdown: (text) => `${text}\n\n\`\`\`sql\nselect meeting_id from meeting_assignments;\n\`\`\`\n`,
      findings: [
        'runbooks/ex/incident-response.md:31: the sql command uses "meeting_id", which singles out a person, a meeting or a session. ADR-0011 allows aggregates only. Look at one meeting through structured logs.',
      ],
    },
    {
      name: "a label of a query that a shell command asks",
      markdown: (text) => `${text}\n\n\`\`\`bash\ncurl -G $URL -d 'query=sum by (participant_id) (ex_depth)'\n\`\`\`\n`,
      findings: [
        'runbooks/ex/incident-response.md:31: the bash command uses "participant_id", which singles out a person, a meeting or a session. ADR-0011 allows aggregates only. Look at one meeting through structured logs.',
      ],
    },
    {
      name: "a label of a metric",
      metrics: withLabel("meeting_id"),
      findings: [
        `services/ex/metrics.ts ex_extra_total: declares the label "meeting_id", which singles out a person, a meeting or a session. ${remedy}`,
      ],
    },
    {
      name: "another spelling",
      metrics: withLabel("participantId"),
      findings: [
        `services/ex/metrics.ts ex_extra_total: declares the label "participantId", which singles out a person, a meeting or a session. ${remedy}`,
      ],
    },
    {
      name: "a credential",
      metrics: withLabel("access_token"),
      findings: [
        `services/ex/metrics.ts ex_extra_total: declares the label "access_token", which can carry a credential. ${remedy}`,
      ],
    },
    {
      name: "a matcher",
      query: 'ex_depth{session_id="1"}',
      findings: [
        `${panel}: the panel uses the label "session_id", which singles out a person, a meeting or a session. ${remedy}`,
      ],
    },
    {
      name: "a grouping",
      query: "sum by (user_id) (ex_depth)",
      findings: [`${panel}: the panel uses the label "user_id", which singles out a person, a meeting or a session. ${remedy}`],
    },
    {
      name: "a label that group_left brings in",
      query: "ex_depth * on (job) group_left (email) up",
      findings: [`${panel}: the panel uses the label "email", which singles out a person, a meeting or a session. ${remedy}`],
    },
    {
      name: "an annotation",
      alert: { impact: "{{ $labels.display_name }} waits." },
      findings: [
        `services/ex/alerts.ts EXDeep: an annotation prints the label "display_name", which singles out a person, a meeting or a session. ${remedy}`,
      ],
    },
    {
      name: "a legend",
      panel: {
        queries: { depth: { query: queryOf("ex_depth"), legend: "{{client_ip}}" } },
      },
      findings: [
        `${panel}: a legend prints the label "client_ip", which singles out a person, a meeting or a session. ${remedy}`,
      ],
    },
  ],
});
