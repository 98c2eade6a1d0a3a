/**
 * What a notification says, in Go templates that Alertmanager has known since 0.25. It is about a group: the alerts of
 * one name, of which some may have ended. A text is about those that fire, and only when none does about those that ended.
 */

const subjects = "(or .Alerts.Firing .Alerts.Resolved)";

/** Labels that every alert has, or that follow from its name: they do not tell one alert of a group from another. */
const implied = ["alertname", "severity", "service", "namespace", "slo", "burn_rate", "prometheus"];

/** A message that is too long is cut or refused: so many alerts of a group are listed, with so many characters each. */
const most = { alerts: 10, label: 100, summary: 300, description: 900 } as const;

/** What a value is passed through, such as ` | toUpper`. */
type Pipeline = string;

/** Slack takes `<…>` for links and mentions wherever it stands: https://docs.slack.dev/messaging/formatting-message-text */
const slackEscape: Pipeline = ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"';

/** On one line, because a value with line breaks could pass for several alerts. */
function cut(characters: number, escape: Pipeline): Pipeline {
  return ` | reReplaceAll "\\\\s+" " " | reReplaceAll "^(.{${characters}}).+" "\${1}…"${escape}`;
}

/** An annotation of the first alert that the text is about. */
function annotation(name: string, pipeline: Pipeline = ""): string {
  return `{{ (index ${subjects} 0).Annotations.${name}${pipeline} }}`;
}

const counts =
  "{{ with .Alerts.Firing }}{{ len . }} firing{{ end }}{{ if and .Alerts.Firing .Alerts.Resolved }}, {{ end }}" +
  "{{ with .Alerts.Resolved }}{{ len . }} resolved{{ end }}";

/** `PAGE MCActorPanic (2 firing, 1 resolved): MeetingActor panicked`. What matters most comes first, since ends are cut. */
function headline(escape: Pipeline = ""): string {
  return (
    "{{ if .Alerts.Firing }}{{ .CommonLabels.severity | toUpper }}{{ else }}RESOLVED{{ end }} " +
    `{{ .GroupLabels.alertname }} (${counts}): ${annotation("summary", cut(most.summary, escape))}`
  );
}

/** The alerts in that state, a line each: the labels that tell it from the others, and its summary, which has the value. */
function alertLines(state: "Firing" | "Resolved", escape: Pipeline = ""): string {
  const own = `(.Labels.Remove (stringSlice ${implied.map((name) => `"${name}"`).join(" ")})).SortedPairs`;
  const label = `{{ if $number }}, {{ end }}{{ .Name }}={{ .Value${cut(most.label, escape)} }}`;
  return [
    `{{ range $index, $alert := .Alerts.${state} }}{{ if lt $index ${most.alerts} }}- `,
    `{{ with ${own} }}{{ range $number, $label := . }}${label}{{ end }}: {{ end }}`,
    `{{ .Annotations.summary${cut(most.summary, escape)} }}\n{{ end }}{{ end }}`,
    `{{ if gt (len .Alerts.${state}) ${most.alerts} }}- and more: {{ len .Alerts.${state} }} in all\n{{ end }}`,
  ].join("");
}

function slackLink(name: string, title: string): string {
  const address = `{{ .${slackEscape} | reReplaceAll "[|]" "%7C" }}`;
  return `{{ with (index ${subjects} 0).Annotations.${name} }}<${address}|${title}> {{ end }}`;
}

/** The texts of a Slack message. The title leads to Alertmanager, where the alert can be silenced. */
export const slack = {
  title: headline(slackEscape),
  /** What a phone shows. */
  fallback: headline(slackEscape),
  color: '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "page" }}danger{{ else }}warning{{ end }}',
  text: [
    slackLink("runbook_url", "Runbook"),
    slackLink("dashboard_url", "Dashboard"),
    "{{ if .Alerts.Firing }}\n",
    annotation("impact", cut(most.summary, slackEscape)),
    `\nFiring:\n${alertLines("Firing", slackEscape)}`,
    annotation("description", cut(most.description, slackEscape)),
    "{{ end }}",
    `{{ if .Alerts.Resolved }}\nResolved:\n${alertLines("Resolved", slackEscape)}{{ end }}`,
  ].join(""),
} as const;

/**
 * From 0.30 on Alertmanager reads a detail as YAML, and a list or a map in it as further templates: "a: b" would not stay a
 * text, and a label's value could hold a template. Nothing in YAML begins with a tab; the template makes it, since this text too stands in YAML.
 */
const asText = '{{ "\\t" }}';

/** The texts of a PagerDuty event. Its summary is cut at 1024 characters, its details go where they are too long. */
export const pagerDuty = {
  description: headline(),
  severity:
    '{{ if eq .CommonLabels.severity "page" }}critical{{ else if eq .CommonLabels.severity "warning" }}warning{{ else }}info{{ end }}',
  class: "{{ .GroupLabels.alertname }}",
  component: "{{ .GroupLabels.service }}",
  group: "{{ .GroupLabels.namespace }}",
  client: "Grafana",
  clientUrl: annotation("dashboard_url"),
  links: [
    { text: "Runbook", href: annotation("runbook_url") },
    { text: "Dashboard", href: annotation("dashboard_url") },
  ],
  /** The first four are keys that Alertmanager would fill with all labels and annotations. */
  details: {
    firing: asText + alertLines("Firing"),
    resolved: asText + alertLines("Resolved"),
    num_firing: "{{ len .Alerts.Firing }}",
    num_resolved: "{{ len .Alerts.Resolved }}",
    severity: "{{ .CommonLabels.severity }}",
    impact: asText + annotation("impact"),
    description: asText + annotation("description"),
    runbook: annotation("runbook_url"),
    dashboard: annotation("dashboard_url"),
  },
} as const;
