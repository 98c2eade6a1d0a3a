import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { check, type Drawn } from "./drawn-dashboard";

/** The variables of which is said that the dashboard, which has `actor` and `node`, does not have them, or Grafana does not. */
function unknownIn(drawn: Drawn) {
  return [...check(drawn).matchAll(/uses the variable "(\w+)"/g)].map(([, name = ""]) => name);
}

describe("a variable that the dashboard does not have", () => {
  const told: readonly (readonly [where: string, drawn: Drawn, name: string])[] = [
    ["in a title, in braces", { title: "Depth of ${actr}" }, "actr"],
    ["in a title, as a word", { title: "Depth of $pod" }, "pod"],
    ["in a description, mistyped", { description: "Of $Actor." }, "Actor"],
    ["in a legend", { legend: "{{instance}} $pod" }, "pod"],
    ["in a link", { link: "/d/other?var-pod=$pod&from=${__from}" }, "pod"],
    ["as that for which a panel is repeated", { repeat: "pod" }, "pod"],
    ["in the query of another variable", { query: 'label_values(up{pod=~"$pod"}, instance)' }, "pod"],
    ["in the query of another variable, the older way", { query: 'label_values(up{pod=~"[[pod]]"}, instance)' }, "pod"],
    ["as a slip of Grafana's own", { expr: "rate(app_total[$__rate_intervall])" }, "__rate_intervall"],
    ["as that for which a row is repeated", { top: { panels: [{ type: "row", title: "R", repeat: "pod" }] } }, "pod"],
    ["as that of a closed row", { top: { panels: [{ type: "row", repeat: "pod", panels: [{ id: 2 }] }] } }, "pod"],
    ["as that of a row of an old dashboard", { top: { rows: [{ title: "R", repeat: "pod", panels: [] }] } }, "pod"],
    ["in a row's title", { top: { panels: [{ type: "row", title: "Of $pod" }] } }, "pod"],
    ["as that which chooses the data source, mistyped", { source: "${actr}" }, "actr"],
  ];
  for (const [where, drawn, name] of told) it(`is told ${where}`, () => assert.deepEqual(unknownIn(drawn), [name]));

  const silent: readonly (readonly [what: string, drawn: Drawn])[] = [
    [
      "one that it has",
      { title: "$actor", description: "${actor:text}", legend: "[[actor]]", repeat: "actor", link: "?v=$node" },
    ],
    ["money", { title: "Cost in $USD, $5 or $usd", description: "About $usd 5 a day" }],
    ["code in a description", { description: "Run `echo ${HOME}` first." }],
    [
      "Grafana's own",
      { title: "${__user.login}", legend: "${__field.name}", link: "/x?${__url_time_range}&v=${__data.fields[0]}" },
    ],
    ["a macro of another data source", { query: "SELECT host FROM hosts WHERE $__timeFilter(at)" }],
    ["a topic of MQTT", { query: 'label_values(up{topic!~"$SYS/.*"}, instance)' }],
    ["that of a row", { top: { panels: [{ type: "row", title: "Of $actor", repeat: "actor" }] } }],
    ["the data source's own", { source: "$ds", more: [{ name: "ds", type: "datasource", query: "prometheus" }] }],
    ["an input of an export", { source: "${DS_A}", expr: 'app_depth{a="${VAR_B}"}', top: { __inputs: inputs("DS_A", "VAR_B") } }],
    ["a data source that is filled in elsewhere", { source: "${DS_PROMETHEUS}" }],
    ["Grafana's own data sources", { source: "-- Mixed --" }],
    ["the end of a pattern", { query: "/^node-.*$/", expr: 'app_depth{instance=~"node.*$"}' }],
  ];
  for (const [what, drawn] of silent) it(`is none: ${what}`, () => assert.deepEqual(unknownIn(drawn), []));
});

describe("what a variable stands for", () => {
  const constant = (query: string): readonly object[] => [{ name: "m", type: "constant", query }];
  const interval = (query: string): readonly object[] => [{ name: "w", type: "interval", query }];

  it("is what a constant says, wherever it stands", () => {
    assert.match(check({ more: constant("app_depth"), expr: "sum(${m}" }), /query-is-promql/);
    assert.match(check({ more: constant("app_depth)"), expr: "sum by (a) ($m" }), /^(?![^]*query-is-promql)/);
    assert.match(check({ more: constant("app"), expr: "sum([[m]]_depth) + sum(${m:raw}_wait)" }), /^(?![^]*query-is-promql)/);
  });

  it("is a duration, of an interval", () => {
    assert.match(check({ more: interval("1m,10 minutes") }), /offers the interval "10 minutes", which is no duration/);
    assert.doesNotMatch(check({ more: interval("500ms,1m,10m,1h,1d,1w,1M,1y,$__auto_interval_w") }), /offers the interval/);
  });
});

function inputs(...names: readonly string[]): readonly object[] {
  return names.map((name) => ({ name, type: "x" }));
}

describe("a variable of which several values can be chosen", () => {
  const pods = { name: "pod", type: "query", query: "label_values(up, pod)", multi: true };
  const said = (drawn: Drawn): readonly string[] =>
    [...check({ ...drawn, more: [pods] }).matchAll(/asks for (.*), but several values of \$pod .* Write (.*)\.$/gm)].map(
      ([, written, right]) => `${written} -> ${right}`,
    );

  const told: readonly (readonly [expr: string, said: string])[] = [
    ['app_depth{pod="$pod"}', 'pod="$pod" -> pod=~"$pod"'],
    ['app_depth{pod!="${pod}"}', 'pod!="${pod}" -> pod!~"${pod}"'],
    ['sum(app_depth{node="a", pod = "[[pod]]"})', 'pod="[[pod]]" -> pod=~"[[pod]]"'],
    ["app_depth{pod='${pod:regex}'}", 'pod="${pod:regex}" -> pod=~"${pod:regex}"'],
  ];
  for (const [expr, expected] of told)
    it(`is compared as one value: ${expr}`, () => assert.deepEqual(said({ expr }), [expected]));

  const silent: readonly (readonly [what: string, drawn: Drawn])[] = [
    ["matched as a pattern", { expr: 'app_depth{pod=~"$pod"}' }],
    ["a part of a pattern", { expr: 'app_depth{pod!~"a|$pod"}' }],
    ["another variable, of which one is chosen", { expr: 'app_depth{pod="$node"}' }],
    [
      "one for each panel, of which Grafana has saved the copies",
      {
        top: {
          panels: [
            { id: 1, title: "$pod", repeat: "pod", targets: [{ expr: 'app_depth{pod="$pod"}' }] },
            {
              id: 2,
              title: "$pod",
              repeatPanelId: 1,
              scopedVars: { pod: { value: "b" } },
              targets: [{ expr: 'app_depth{pod="$pod"}' }],
            },
          ],
        },
      },
    ],
    ["one for each panel", { expr: 'app_depth{pod="$pod"}', repeat: "pod" }],
    [
      "one for each row",
      {
        top: {
          panels: [
            { type: "row", title: "R", repeat: "pod", panels: [] },
            { id: 2, type: "stat", title: "D", targets: [{ expr: 'app_depth{pod="$pod"}' }] },
          ],
        },
      },
    ],
  ];
  for (const [what, drawn] of silent) it(`is right as ${what}`, () => assert.deepEqual(said(drawn), []));
});
