import { privacyIsKept } from "../../../core/checks/privacy-is-kept";
import { counter, gauge } from "../../../core/model/metric";
import { queryOf } from "../../../core/model/query";
import { depthPanel, metrics } from "./example";
import { testCheck } from "./rows";

const remedy = "Keep aggregates only; look at a single one through structured logs.";
const panel = "services/ex/dashboards.ts ex-overview/extra";
const singlesOut = `which singles out a person, a meeting or a session. ${remedy}`;
const block = (language: string, code: string) => (text: string) => `${text}\n\n\`\`\`${language}\n${code}\n\`\`\`\n`;
const variables = (name: string) => ({
  dashboards: [
    {
      uid: "ex-overview",
      title: "EX overview",
      description: "Example.",
      variables: [{ name, label: "x", values: ["a"] }],
      rows: [{ title: "Row", panels: [depthPanel] }],
    },
  ],
});
const withLabel = (label: string) => ({
  ...metrics,
  extra: counter("ex_extra_total", { unit: "x", help: "x", labels: { [label]: ["a"] } }),
});

const ids = { ...metrics, ids: gauge("ex_request_id", { unit: "x", help: "The last one.", labels: {} }) };

testCheck(privacyIsKept, {
  accepted: [
    {
      name: "a pod's address and a Secret in a shell command",
      markdown: (text) =>
        `${text}\n\n\`\`\`bash\nkubectl get pod -o jsonpath={.status.podIP}; kubectl get secret gc_token\n\`\`\`\n`,
    },
    { name: "token_type", metrics: withLabel("token_type") },
    ...[
      "description",
      "hostname",
      "user_id_hash",
      "client_version",
      "device_type",
      "email_template",
      "meeting_controller_id",
      "pod_ip",
      "ip_family",
      "token_validation",
      "participant",
      "room_count",
      "request_type",
      "secret_name",
    ].map((label) => ({ name: `the label ${label}`, metrics: withLabel(label) })),
    { name: "an alert's own label that tells whose turn it is", alert: { labels: { team: "media" } } },
    { name: "a template that prints a kind", alert: { impact: '{{ index $labels "actor_type" }} waits.' } },
    { name: "a variable that chooses a controller", service: variables("controller") },
    { name: "a matcher with a variable of that kind", query: 'ex_depth{actor_type=~"$actor"}' },
    {
      name: "a tool's own words in a command",
      markdown: block("bash", "ip addr; curl --user-agent probe -u username:pw -H 'X-Forwarded-For: 10.0.0.1' http://mc/health"),
    },
    { name: "a metric whose name ends so", metrics: ids, markdown: block("sh", "curl localhost/metrics | grep ex_request_id") },
    { name: "a column that is hashed, in inline code", markdown: (text) => `${text}\nAsk for \`user_id_hash\`.\n` },
  ],
  reported: [
    {
      name: "a column of a runbook's SQL",
      markdown: (text) => `${text}\n\n\`\`\`sql\nselect meeting_id from meeting_assignments;\n\`\`\`\n`,
      findings: [
        'runbooks/ex/incident-response.md:31: the sql command uses "meeting_id", which singles out a person, a meeting or a session. Keep aggregates only; look at a single one through structured logs.',
      ],
    },
    {
      name: "a label of a query that a shell command asks",
      markdown: (text) => `${text}\n\n\`\`\`bash\ncurl -G $URL -d 'query=sum by (participant_id) (ex_depth)'\n\`\`\`\n`,
      findings: [
        'runbooks/ex/incident-response.md:31: the bash command uses "participant_id", which singles out a person, a meeting or a session. Keep aggregates only; look at a single one through structured logs.',
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
    ...[
      "room_id",
      "account_id",
      "client_id",
      "device_id",
      "peer_id",
      "nickname",
      "remote_addr",
      "request_id",
      "jti",
      "meeting_code",
      "invite_code",
      "callIDs",
      "userid",
      "user_email",
      "source_ip",
      "guest_name",
      "x_user_id_header",
    ].map((label) => ({
      name: `the label ${label}`,
      metrics: withLabel(label),
      findings: [`services/ex/metrics.ts ex_extra_total: declares the label "${label}", ${singlesOut}`],
    })),
    ...[
      { language: "bash", code: 'psql -c "select email from users"', name: "email" },
      { language: "sh", code: "grep meeting_id app.log", name: "meeting_id" },
      { language: "console", code: "$ tool --meeting-id 7", name: "meeting-id" },
      { language: "json", code: '{ "meetingId": 7 }', name: "meetingId" },
      { language: "bash", code: "curl -s $URL | jq .meetingId", name: "meetingId" },
    ].map(({ language, code, name }) => ({
      name: `${name} in a block of ${language}: ${code}`,
      markdown: block(language, code),
      findings: [`runbooks/ex/incident-response.md:31: the ${language} command uses "${name}", ${singlesOut}`],
    })),
    {
      name: "a block without a language",
      markdown: block("", "grep participant_id app.log"),
      findings: [`runbooks/ex/incident-response.md:31: the command uses "participant_id", ${singlesOut}`],
    },
    {
      name: "inline code",
      markdown: (text) => `${text}\nSearch for \`session_id\`.\n`,
      findings: [`runbooks/ex/incident-response.md:29: the inline code uses "session_id", ${singlesOut}`],
    },
    ...[
      "{{ .Labels.meeting_id }}",
      "{{ with $l := $labels }}{{ $l.meeting_id }}{{ end }}",
      "{{ index $labels `meeting_id` }}",
    ].map((template) => ({
      name: `the template ${template}`,
      alert: { impact: `${template} waits.` },
      findings: [`services/ex/alerts.ts EXDeep: an annotation prints the label "meeting_id", ${singlesOut}`],
    })),
    {
      name: "an alert's own label",
      alert: { labels: { meeting_id: "7" } },
      findings: [`services/ex/alerts.ts EXDeep: sets the label "meeting_id", ${singlesOut}`],
    },
    {
      name: "a dashboard's variable",
      service: variables("meeting_id"),
      findings: [`services/ex/dashboards.ts ex-overview: has the variable "meeting_id", ${singlesOut}`],
    },
    {
      name: "a matcher with such a variable",
      query: 'ex_depth{actor_type=~"${email:regex}"}',
      findings: [`${panel}: the panel matches on the variable "email", ${singlesOut}`],
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
