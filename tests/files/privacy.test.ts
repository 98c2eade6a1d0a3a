import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { configurationSchema } from "../../core/load/files/configuration";
import { findingsOf } from "./repository";

const settings = configurationSchema.parse({
  rules: ["*.yaml"],
  dashboards: ["*.json"],
  runbooks: ["*.md"],
  alertmanager: ["am.yml"],
  metrics: [{ files: ["*.prom"], as: "scrape" }],
  privacy: true,
});

const rule = (more: string, expr = "up == 0"): string =>
  `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: '${expr}'\n    ${more}\n`;
const dashboard = (panel: object, more: object = {}): string =>
  JSON.stringify({
    title: "D",
    uid: "d",
    panels: [{ id: 1, title: "P", type: "timeseries", description: "x", datasource: { type: "prometheus", uid: "p" }, ...panel }],
    ...more,
  });
const asks = (target: object, type = "prometheus"): object => ({ datasource: { type, uid: "p" }, targets: [target] });
const variable = (more: object): string => dashboard(asks({ expr: "up" }), { templating: { list: [{ name: "x", ...more }] } });

const right: Readonly<Record<string, string>> = {
  "a.md": "# A\n",
  "d.json": dashboard(asks({ expr: "up" })),
  "r.yaml": rule(""),
  "m.prom": '# TYPE x_total counter\nx_total{a="b"} 1\n',
  "am.yml": "route: {receiver: a}\nreceivers: [{name: a}]\n",
};

const transformed = (id: string, options: object): Readonly<Record<string, string>> => ({
  "d.json": dashboard({ ...asks({ expr: "up" }), transformations: [{ id, options }] }),
});

/** Where a name can stand in a file. */
const places: Readonly<Record<string, (name: string) => Readonly<Record<string, string>>>> = {
  "a rule's label": (name) => ({ "r.yaml": rule(`labels: {${name}: x}`) }),
  "an annotation": (name) => ({ "r.yaml": rule(`annotations: {summary: "{{ $labels.${name} }}"}`) }),
  "a query of an annotation": (name) => ({
    "r.yaml": rule(`annotations: {summary: '{{ range query "sum by (${name}) (up)" }}x{{ end }}'}`),
  }),
  "an address of an annotation": (name) => ({ "r.yaml": rule(`annotations: {board: "https://g/d/x?var-${name}=1"}`) }),
  "an expression": (name) => ({ "r.yaml": rule("", `sum by (${name}) (up) > 1`) }),
  "a label with quotes": (name) => ({ "r.yaml": rule("", `sum by ("${name}") (up) > 1`) }),
  "a legend": (name) => ({ "d.json": dashboard(asks({ expr: "up", legendFormat: `{{ ${name} }}` })) }),
  "a title": (name) => ({ "d.json": dashboard({ title: `Of \${__field.labels.${name}}` }) }),
  "a variable": (name) => ({ "d.json": variable({ name, type: "textbox" }) }),
  "a variable's query": (name) => ({
    "d.json": variable({ type: "query", query: { query: `label_values(x_total, ${name})` } }),
  }),
  "a link of a panel": (name) => ({ "d.json": dashboard({ links: [{ url: `/d/y?var-${name}=\${x}` }] }) }),
  "a link of a field": (name) => ({
    "d.json": dashboard({ fieldConfig: { defaults: { links: [{ url: `/d/y?a=\${__field.labels.${name}}` }] } } }),
  }),
  "a query of Loki": (name) => ({ "d.json": dashboard(asks({ expr: `{app="mc"} | json | ${name}="x"` }, "loki")) }),
  "SQL of a panel": (name) => ({ "d.json": dashboard(asks({ rawSql: `select ${name} from users` }, "postgres")) }),
  "a query with a variable that stands for more": (name) => ({
    "d.json": dashboard(asks({ expr: `sum by (${name}) ($metric)` })),
  }),
  "a metric's label": (name) => ({ "m.prom": `# TYPE x_total counter\nx_total{${name}="b"} 1\n` }),
  "a route": (name) => ({
    "am.yml": `route: {receiver: a, routes: [{matchers: ['${name}="x"'], receiver: a}]}\nreceivers: [{name: a}]\n`,
  }),
  "what a route groups by": (name) => ({
    "am.yml": `route: {receiver: a, group_by: [alertname, ${name}]}\nreceivers: [{name: a}]\n`,
  }),
  "what a route below groups by": (name) => ({
    "am.yml": `route: {receiver: a, routes: [{receiver: a, group_by: [${name}]}]}\nreceivers: [{name: a}]\n`,
  }),
  "a column with another title": (name) => transformed("organize", { renameByName: { [name]: "Who" } }),
  "a column that is kept": (name) => transformed("filterFieldsByName", { include: { names: ["Time", name] } }),
  "a column that rows are grouped by": (name) => transformed("groupBy", { fields: { [name]: { operation: "groupby" } } }),
  "a label that becomes a column": (name) => transformed("labelsToFields", { keepLabels: [name] }),
  "a column by which results are joined": (name) => transformed("joinByField", { byField: name }),
  "a column by which rows are sorted": (name) => transformed("sortBy", { sort: [{ field: name }] }),
  "a column that is drawn otherwise": (name) => ({
    "d.json": dashboard({ fieldConfig: { overrides: [{ matcher: { id: "byName", options: name }, properties: [] }] } }),
  }),
  "a column of a dashboard of the v2 schema": (name) => ({
    "d.json": JSON.stringify({
      title: "D",
      elements: {
        a: {
          kind: "Panel",
          spec: {
            id: 1,
            title: "P",
            data: { spec: { transformations: [{ kind: "organize", spec: { options: { renameByName: { [name]: "Who" } } } }] } },
          },
        },
      },
    }),
  }),
  "what a receiver is told": (name) => ({
    "am.yml": `route: {receiver: a}\nreceivers: [{name: a, slack_configs: [{text: "{{ range .Alerts }}{{ .Labels.${name} }}{{ end }}"}]}]\n`,
  }),
  "what a receiver is told by its name": (name) => ({
    "am.yml": `route: {receiver: a}\nreceivers: [{name: a, email_configs: [{headers: {Subject: '{{ index .CommonLabels "${name}" }}'}}]}]\n`,
  }),
  "an address of a receiver": (name) => ({
    "am.yml": `route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: "https://x.example.com/?${name}=1"}]}]\n`,
  }),
  "an inhibition": (name) => ({
    "am.yml": `route: {receiver: a}\nreceivers: [{name: a}]\ninhibit_rules: [{source_matchers: ['a="b"'], target_matchers: ['c="d"'], equal: [${name}]}]\n`,
  }),
  "a runbook's command": (name) => ({ "a.md": `# A\n\n\`\`\`bash\nkubectl logs x | jq .${name}\n\`\`\`\n` }),
};

function personal(files: Readonly<Record<string, string>>): readonly string[] {
  return findingsOf(new Map(Object.entries({ ...right, ...files })), settings).flatMap(({ check, message }) =>
    check === "privacy-is-kept" ? [message] : [],
  );
}

describe("files of any team that asks for privacy", () => {
  for (const [place, filesOf] of Object.entries(places)) {
    it(`are refused for a name in ${place}, and not for its twins`, () => {
      for (const name of ["user_id", "callerEmail", "meeting_uuid", "email"]) {
        assert.ok(personal(filesOf(name))[0]?.includes(`"${name}"`), name);
      }
      for (const name of ["token_type", "hostname", "user_id_hash", "email_queue", "client_version"]) {
        assert.deepEqual(personal(filesOf(name)), []);
      }
    });
  }

  it("are taken where a panel takes the column away, or hides it", () => {
    const hidden = [{ id: "custom.hidden", value: true }];
    for (const files of [
      transformed("organize", {
        excludeByName: { user_id: true },
        indexByName: { user_id: 1 },
        renameByName: { user_id: "Who" },
      }),
      transformed("filterFieldsByName", { exclude: { names: ["user_id"] } }),
      transformed("calculateField", { mode: "reduceRow", alias: "user_id" }),
      {
        "d.json": dashboard({
          fieldConfig: { overrides: [{ matcher: { id: "byName", options: "email" }, properties: hidden }] },
        }),
      },
      { "am.yml": "route: {receiver: a, group_by: ['...']}\nreceivers: [{name: a}]\n" },
      {
        "am.yml":
          "route: {receiver: email}\nreceivers:\n- name: email\n  email_configs:\n  - to: on-call@example.com\n" +
          "    auth_username: mailer\n    html: '{{ template \"email\" . }}{{ .CommonAnnotations.summary }}{{ .ExternalURL }}'\n",
      },
    ])
      assert.deepEqual(personal(files), []);
  });
});
