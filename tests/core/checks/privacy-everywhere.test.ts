import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { runChecks } from "../../../core/checks/check";
import { gauge } from "../../../core/model/metric";
import { labelValues, type DashboardVariable } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { depthPanel, exampleModel, metrics, type Change } from "./example";

/** Every name of ADR-0011's kind that issue 11 names, with its twins. */
const names =
  "email meeting_id meetingId room_id account_id client_id device_id peer_id nickname remote_addr request_id jti meeting_code invite_code";
const twins =
  "token_type hostname user_id_hash client_version meeting_count session_duration email_queue_depth user_agent_family";

const block = (language: string, code: string) => ({
  markdown: (text: string) => `${text}\n\n\`\`\`${language}\n${code}\n\`\`\`\n`,
});
const text = (markdown: string) => ({ markdown: (before: string) => `${before}\n\n${markdown}\n` });
const dashboard = (variable: DashboardVariable) => ({
  service: {
    dashboards: [
      {
        uid: "ex-overview",
        title: "EX",
        description: "x",
        variables: [variable],
        rows: [{ title: "R", panels: [depthPanel] }],
      },
    ],
  },
});
const labelled = (label: string) => gauge("ex_other", { unit: "x", help: "x", labels: { [label]: ["a"] } });

/** Where a name can stand. */
const places: Readonly<Record<string, (name: string) => Change>> = {
  "a metric's label": (name) => ({ metrics: { ...metrics, other: labelled(name) } }),
  "an alert's label": (name) => ({ alert: { labels: { [name]: "x" } } }),
  "a recording rule's label": (name) => ({
    service: { recordingRules: [recordingRule("ex:ex_depth:max", { query: queryOf("max(ex_depth)"), labels: { [name]: "x" } })] },
  }),
  "an annotation": (name) => ({ alert: { impact: `{{ .Labels.${name} }} waits.` } }),
  "an annotation with its own variable": (name) => ({
    alert: { summary: `{{ with $l := $labels }}{{ $l.${name} }}{{ end }}` },
  }),
  "a query of an annotation": (name) => ({ alert: { impact: `{{ with query "sum by (${name}) (up)" }}x{{ end }}` } }),
  "an address in an annotation": (name) => ({ alert: { impact: `See https://g.example/d/x?var-${name}=1` } }),
  "a dashboard's variable": (name) => dashboard({ name, label: "X", values: ["a"] }),
  "what a variable is asked for": (name) => dashboard({ name: "x", label: "X", query: `label_values(up, ${name})` }),
  "the label of a variable's values": (name) => dashboard(labelValues("x", { label: "X", of: [labelled(name), name] })),
  "a matcher": (name) => ({ query: `ex_depth{${name}="x"}` }),
  "a variable in a matcher": (name) => ({ query: `ex_depth{actor_type=~"$${name}"}` }),
  "a grouping": (name) => ({ query: `sum by (${name}) (ex_depth)` }),
  group_left: (name) => ({ query: `ex_depth * on (job) group_left (${name}) up` }),
  "the target of label_replace": (name) => ({ query: `label_replace(ex_depth, "${name}", "$1", "job", "(.*)")` }),
  "a label of label_join": (name) => ({ query: `label_join(ex_depth, "x", "-", "${name}")` }),
  "what is sorted by": (name) => ({ query: `sort_by_label(ex_depth, "job", "${name}")` }),
  "a legend": (name) => ({ panel: { queries: { q: { query: queryOf("ex_depth"), legend: `{{${name}}}` } } } }),
  "a legend in Grafana's newer form": (name) => ({
    panel: { queries: { q: { query: queryOf("ex_depth"), legend: `\${__field.labels.${name}}` } } },
  }),
  "a panel's title": (name) => ({ panel: { title: `Of \${__field.labels.${name}}` } }),
  "SQL in a shell": (name) => block("bash", `psql -c "select ${name} from users"`),
  "SQL over several lines": (name) => block("console", `$ psql <<SQL\nselect u.id,\n  u.${name}\nfrom users u\nSQL`),
  jq: (name) => block("sh", `curl -s $URL | jq '.items[].${name}'`),
  "kubectl's jsonpath": (name) => block("bash", `kubectl get x -o jsonpath='{.items[*].spec.${name}}'`),
  "a query string of curl": (name) => block("", `curl "https://api.example/x?${name}=7"`),
  LogQL: (name) => block("logql", `{app="mc"} | json | ${name}="7"`),
  "a log's line format": (name) => block("logql", `{app="mc"} | line_format "{{.${name}}}"`),
  "another language": (name) => block("python", `print(row["${name}"])`),
  "a block in a quote": (name) => text(`> ~~~sh\n> grep ${name} app.log\n> ~~~`),
  "indented code": (name) => text(`    grep ${name} app.log`),
  "inline code": (name) => text(`Search for \`${name}\`.`),
  "inline code in a table": (name) => text(`| a |\n|---|\n| \`grep ${name} app.log\` |`),
  "code in HTML": (name) => text(`<pre>\nselect ${name} from users\n</pre>`),
  "inline code in HTML": (name) => text(`Search for <code>${name}</code>.`),
  "a link": (name) => text(`[x](https://g.example/d/x?var-${name}=7)`),
  "a link's fragment with a query string": (name) => text(`[x](https://g.example/#/explore?${name}=7)`),
  "an address in a sentence": (name) => text(`See https://g.example/d/x?var-${name}=7 there.`),
  "a search of Kibana in a link": (name) => text(`[x](https://kibana.example/app/discover?q=${name}:x)`),
  "a query in a link": (name) =>
    text(`[x](https://g.example/explore?q=${encodeURIComponent(`{app="mc"} | json | ${name}="x"`)})`),
};

const listed = checks.filter(({ id }) => id === "privacy-is-kept");

function personal(change: Change): readonly string[] {
  return runChecks(exampleModel(change), listed).findings.map(({ message }) => message);
}

describe("wherever a name can stand, it is looked at", () => {
  for (const [place, changeOf] of Object.entries(places)) {
    it(`refuses in ${place} what singles somebody out, by its name`, () => {
      const missed = names
        .split(" ")
        .filter((name) => !personal(changeOf(name)).some((message) => message.includes(`"${name}"`)));
      assert.deepEqual(missed, []);
    });

    it(`leaves alone in ${place} what does not`, () => {
      assert.deepEqual(
        twins.split(" ").filter((name) => personal(changeOf(name)).length > 0),
        [],
      );
    });
  }
});
