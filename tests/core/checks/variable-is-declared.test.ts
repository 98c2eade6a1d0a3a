import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { runChecks } from "../../../core/checks/check";
import { variableIsDeclared } from "../../../core/checks/variable-is-declared";
import { labelValues, panel, type DashboardVariable } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { renderPlace } from "../../../core/render/findings";
import { depthPanel, exampleModel, metrics, type Change } from "./example";
import { testCheck } from "./rows";

const place = "services/ex/dashboards.ts ex-overview/extra";
const actor = labelValues("actor", { label: "Actor", of: [metrics.depth, "actor_type"], multi: true });
const window: DashboardVariable = { name: "window", label: "Window", values: ["5m", "1h"] };
const count: DashboardVariable = { name: "n", label: "How many", values: ["1", "5"] };
const asked = (name: string, query: string): DashboardVariable => ({ name, label: name, query });
const by: DashboardVariable = { name: "by", label: "By", values: ["actor_type", "instance"] };

interface Texts {
  readonly title?: string;
  readonly description?: string;
  readonly legend?: string;
}

function drawn(query: string, variables: readonly DashboardVariable[], texts: Texts = {}): Change {
  const { title = "Extra", description = "Something else.", legend = "extra" } = texts;
  const extra = panel("extra", { title, description, unit: "short", queries: { extra: { query: queryOf(query), legend } } });
  return {
    service: {
      dashboards: [
        {
          uid: "ex-overview",
          title: "EX overview",
          description: "Example.",
          variables,
          rows: [{ title: "Row", panels: [depthPanel, extra] }],
        },
      ],
    },
  };
}

testCheck(variableIsDeclared, {
  accepted: [
    { name: "a variable of the dashboard", ...drawn('max by (actor_type) (ex_depth{actor_type=~"$actor"})', [actor]) },
    {
      name: "every way to write one",
      ...drawn('ex_depth{actor_type=~"${actor}",actor_type=~"${actor:regex}",actor_type=~"[[actor]]"}', [actor]),
    },
    {
      name: "one in place of a duration, a number, a label",
      ...drawn("topk($n, max by ($by) (max_over_time(ex_depth[$window])))", [window, count, by]),
    },
    { name: "Grafana's own", query: 'sum(increase(ex_joins_total{instance!="${__from}"}[$__range])) / $__range_s' },
    { name: "what every dashboard without choices has", query: 'ex_depth{namespace=~"$namespace",instance=~"$instance"}' },
    {
      name: "the end of a pattern, and groups",
      query: 'label_replace(ex_depth{actor_type=~"Meeting$|x"}, "x", "${1}$host", "instance", "(.)(?P<host>.*)$")',
    },
    {
      name: "variables that ask by another one",
      ...drawn("sum(up)", [asked("a", "label_values(up, pod)"), asked("b", 'label_values(up{pod=~"$a"}, node)')]),
    },
    { name: "a declared variable that nothing uses", ...drawn("sum(up)", [actor]) },
    {
      name: "a variable of the dashboard in texts, Grafana's own, and the data source",
      ...drawn("sum(up)", [actor], {
        title: "Of $actor in ${datasource}",
        description: "${actor:text}",
        legend: "[[actor]] ${__name}",
      }),
    },
    {
      name: "money, and code",
      ...drawn("sum(up)", [actor], { title: "Cost in $USD and $usd, $5", description: "About $usd 5. Run `echo ${HOME}`." }),
    },
  ],
  reported: [
    {
      name: "a variable of which several can be chosen, compared as one value",
      ...drawn('ex_depth{actor_type="$actor"}', [actor]),
      findings: [
        `${place}: the panel asks for actor_type="$actor", but several values of $actor can be chosen at once, which no label is equal to. Write actor_type=~"$actor".`,
      ],
    },
    {
      name: "variables that wait for each other",
      ...drawn("sum(up)", [asked("a", 'label_values(up{pod=~"$b"}, pod)'), asked("b", 'label_values(up{pod=~"$a"}, pod)')]),
      findings: [
        "services/ex/dashboards.ts ex-overview: asks for the values of $a by $b, which asks for $a: each waits for the other, and Grafana gets none. Take one of them out of the other's query.",
      ],
    },
    {
      name: "a variable that asks by one that is not there",
      ...drawn("sum(up)", [asked("actor", 'label_values(up{pod=~"$actr"}, pod)')]),
      findings: [
        'services/ex/dashboards.ts ex-overview: a variable asks by $actr, which is none of its dashboard. Did you mean "actor"?',
      ],
    },
    {
      name: "a variable that is not there",
      ...drawn('ex_depth{actor_type=~"$actr"}', [actor]),
      findings: [`${place}: the panel uses $actr, which is no variable of its dashboard. It has actor. Did you mean "actor"?`],
    },
    ...[{ title: "Of $pod" }, { title: "Of ${pod}" }, { description: "Of ${pod}." }, { legend: "{{instance}} $pod" }].map(
      (texts) => ({
        name: `a variable that is not there, in ${JSON.stringify(texts)}`,
        ...drawn("sum(up)", [actor], texts),
        findings: [`${place}: the panel uses $pod, which is no variable of its dashboard. It has actor.`],
      }),
    ),
    {
      name: "a slip of the pen in a description",
      ...drawn("sum(up)", [actor], { description: "Of $Actor." }),
      findings: [`${place}: the panel uses $Actor, which is no variable of its dashboard. It has actor. Did you mean "actor"?`],
    },
    {
      name: "one outside of strings",
      query: "ex_depth > $nope",
      findings: [`${place}: the panel uses $nope, which is no variable of its dashboard. It has none.`],
    },
    {
      name: "the instance, where the dashboard has its own choices",
      ...drawn('ex_depth{instance=~"$instance"}', [actor]),
      findings: [`${place}: the panel uses $instance, which is no variable of its dashboard. It has actor.`],
    },
    {
      name: "an alert that waits for a choice",
      alert: { when: { expression: queryOf('ex_depth{actor_type=~"$actor"} > 1'), trigger: "it is deep" } },
      findings: [
        "services/ex/alerts.ts EXDeep: the alert uses $actor, which a reader of a dashboard chooses and Prometheus does not know. Watch a panel without variables, or write an expression with one value.",
      ],
    },
    {
      name: "a recording rule that waits for a choice",
      service: {
        recordingRules: [recordingRule("ex:ex_depth:max", { query: queryOf('max(ex_depth{actor_type="$actor"})') })],
      },
      findings: [
        "services/ex/recording-rules.ts ex:ex_depth:max: the recording rule uses $actor, which a reader of a dashboard chooses and Prometheus does not know. Write one value.",
      ],
    },
    {
      name: "a block that copies such a panel",
      ...drawn('ex_depth{actor_type=~"$actor"}', [actor]),
      markdown: (text) => text.replace("panel=ex-overview/depth", "panel=ex-overview/extra"),
      findings: [
        "runbooks/ex/incident-response.md:17: the block copies ex-overview/extra, whose query waits for a choice of $actor. Copy a panel without variables, or write the query here.",
      ],
    },
    {
      name: "names and values that Grafana cannot have",
      ...drawn("sum(up)", [
        { name: "datasource", label: "Source", values: ["x"] },
        { name: "a-b", label: "A", values: ["x"] },
        { name: "empty", label: "E", values: [] },
        window,
        window,
      ]),
      findings: [
        "declares the variable datasource, which every dashboard has already. Choose another name.",
        'declares the variable "a-b". A name has letters, digits and underscores, and begins with a letter.',
        "declares the variable window twice. Rename one.",
        "declares the variable empty without values. List some.",
      ].map((message) => `services/ex/dashboards.ts ex-overview: ${message}`),
    },
  ],
});

describe("a panel with variables", () => {
  const findings = (change: Change): readonly string[] =>
    runChecks(exampleModel(change), checks).findings.map(
      (finding) => `${finding.check} ${renderPlace(finding)}: ${finding.message}`,
    );

  it("is checked by all checks with each of their values", () => {
    assert.deepEqual(
      findings(drawn('max by (actor_type) (max_over_time(ex_depth{actor_type=~"${actor:regex}"}[$window]))', [actor, window])),
      [],
    );
    assert.deepEqual(findings(drawn("topk($n, max by ($by, actor_type) (ex_depth))", [count, by])), []);
  });

  it("is refused for one value that does not fit, and told once", () => {
    const wrong: DashboardVariable = { name: "actor", label: "Actor", values: ["Meeting", "Conection", "Connection"] };
    assert.deepEqual(findings(drawn('max by (actor_type) (ex_depth{actor_type="$actor"})', [wrong])), [
      `label-value-is-declared ${place}: the panel looks for actor_type="Conection", a value that ex_depth never has. It has Meeting, Connection. Did you mean "Connection"?`,
    ]);
    assert.deepEqual(
      findings(drawn("max by (actor_type) (max_over_time(ex_depth[$window]))", [{ ...window, values: ["5m", "1x", "1y"] }])),
      [
        `query-is-promql ${place}: the panel is refused by Prometheus at column 45: "1x" is neither a number nor a duration. It is "max by (actor_type) (max_over_time(ex_depth[1x]))".`,
      ],
    );
    assert.deepEqual(findings(drawn("topk($n, max by (actor_type) (ex_depth))", [{ ...count, values: ["0", "1"] }])), [
      `query-has-result ${place}: the panel asks topk for 0 series, which are none. Ask for at least 1.`,
    ]);
  });

  it("is checked without a value where only Grafana knows them", () => {
    const ofAll = asked("all", "label_values(kube_pod_info, node)");
    const own = asked("own", "label_values(ex_depth, actor_type)");
    for (const query of [
      'max by (actor_type) (ex_depth{actor_type=~"$own",job="$all"})',
      'max by (actor_type) (max_over_time(ex_depth{actor_type=~"$own"}[$all]))',
      "topk($all, max by (actor_type, $own) (ex_depth))",
    ])
      assert.deepEqual(findings(drawn(query, [ofAll, own])), []);
    assert.match(
      findings(drawn('max by (actor_type) (ex_dept{actor_type=~"$own"})', [own])).join(),
      /^metric-is-declared .*"ex_dept"/,
    );
  });

  it("has variables that ask for what is declared", () => {
    const told = (query: string): string => findings(drawn("max by (actor_type) (ex_depth)", [asked("x", query)])).join();
    assert.match(told("label_values(ex_depth, actor_typ)"), /^label-is-declared .* the variable matches on "actor_typ"/);
    assert.match(told("label_values(ex_dept, actor_type)"), /^metric-is-declared .* the variable uses "ex_dept"/);
    for (const query of [
      "label_values(ex_depth, actor_type)",
      "label_values(kube_node_info, actor_typ)",
      "query_result(count(ex_depth))",
      "label_values(actor_typ)",
    ])
      assert.equal(told(query), "");
  });
});
