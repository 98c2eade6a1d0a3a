import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { runChecks } from "../../../core/checks/check";
import { labelIsDeclared } from "../../../core/checks/label-is-declared";
import { labelValueIsDeclared } from "../../../core/checks/label-value-is-declared";
import { metricIsDeclared } from "../../../core/checks/metric-is-declared";
import { privacyIsKept } from "../../../core/checks/privacy-is-kept";
import { queryHasResult } from "../../../core/checks/query-has-result";
import { queryIsPromql } from "../../../core/checks/query-is-promql";
import { queryTypeFits } from "../../../core/checks/query-type-fits";
import { templateExpands } from "../../../core/checks/template-expands";
import { variableIsDeclared } from "../../../core/checks/variable-is-declared";
import { vectorMatchingIsValid } from "../../../core/checks/vector-matching-is-valid";
import { templateQueries } from "../../../core/model/template/queries";
import { exampleModel } from "./example";

const checks = [
  ...[metricIsDeclared, labelIsDeclared, labelValueIsDeclared, privacyIsKept, queryHasResult],
  ...[queryIsPromql, queryTypeFits, templateExpands, variableIsDeclared, vectorMatchingIsValid],
];

/** What is said of a summary. */
function foundIn(summary: string): readonly string[] {
  const { findings } = runChecks(exampleModel({ alert: { summary, examples: [] } }), checks);
  return findings.map(({ check, message }) => `${check}: ${message}`);
}

describe("a query that a template asks", () => {
  for (const summary of [
    '{{ query "sum(ex_depth)" | first | value | humanize }} wait',
    '{{ with query "max by (actor_type) (ex_depth)" }}{{ . | first | label "actor_type" }}{{ end }}',
    '{{ range query "topk(3, ex_depth)" }}{{ .Labels.actor_type }} {{ end }}',
    '{{ range query `ex_depth{actor_type="Meeting"}` | sortByLabel "actor_type" }}{{ .Value }}{{ end }}',
    "{{ with printf \"ex_depth{actor_type='%s'}\" $labels.actor_type | query }}{{ . | first | value }}{{ end }}",
    '{{ with query (printf "ex_depth{actor_type=%q, instance=~\\"%s.*\\"}" .Labels.actor_type .Labels.instance) }}x{{ end }}',
    '{{ with printf "%s > 5" "ex_depth" | query }}x{{ end }}',
    '{{ "100 * ex_depth % 7" | query | first | value }}',
    '{{ printf "100%% of ex_dept" }} and {{ "ex_dept" }}, no query',
    "a query of ex_dept in words",
  ])
    it(`is taken: ${summary}`, () => {
      assert.deepEqual(foundIn(summary), []);
    });

  for (const [summary, message] of [
    [
      '{{ query "sum(ex_dept)" | first | value }}',
      'metric-is-declared: the template uses "ex_dept", which no catalog declares. Did you mean "ex_depth"?',
    ],
    [
      '{{ with printf "ex_dept{actor_type=%q}" $labels.actor_type | query }}x{{ end }}',
      'metric-is-declared: the template uses "ex_dept", which no catalog declares. Did you mean "ex_depth"?',
    ],
    [
      "{{ if true }}{{ with $x := query (printf \"ex_depth{actor_typ='%s'}\" .Labels.actor_type) }}x{{ end }}{{ end }}",
      /^label-is-declared: the template .*actor_typ.*Did you mean "actor_type"\?$/,
    ],
    ['{{ query "ex_depth{actor_type=\\"Meting\\"}" | first | value }}', /^label-value-is-declared: the template .*Meting/],
    ['{{ query "rate(ex_depth[5m])" | first | value }}', /^query-type-fits: the template takes rate\(\) of ex_depth, a gauge/],
    ['{{ query "count(ex_depth) == 0" | first | value }}', /^query-has-result: the template compares/],
    ['{{ range query "sum by (email) (ex_depth)" }}x{{ end }}', /email/],
    ['{{ "sum(ex_depth" | query | first | value }}', /^query-is-promql: the template is refused by Prometheus/],
    ['{{ query "sum(ex_depth" | first | value }}', /^template-expands: its summary is no template/],
    [
      '{{ query "ex_depth{instance=\\"$labels.instance\\"}" | first | value }}',
      "variable-is-declared: the template asks a query that holds $labels as it is written: nothing takes its place in quotes. Fill it in with printf.",
    ],
  ] as const)
    it(`is told: ${summary}`, () => {
      const found = foundIn(summary);
      const isTold = (one: string): boolean => (typeof message === "string" ? one === message : message.test(one));
      assert.ok(found.some(isTold), found.join("\n"));
      assert.ok(found.length <= 2, found.join("\n"));
    });

  it("has any value where printf puts one, and is left alone where printf puts something else", () => {
    assert.deepEqual(templateQueries('{{ printf "a{b=%q,c!=\'x-%s\',d=\\"e\\"} % 2" .Labels.b .Labels.c | query }}'), []);
    assert.deepEqual(templateQueries('{{ printf "a{b=%q,c!=\'x-%s\',d=\\"e\\"} %% 2" .Labels.b .Labels.c | query }}'), [
      'a{b=~".+",c=~".+",d="e"} % 2',
    ]);
    assert.deepEqual(templateQueries('{{ printf "rate(%s[5m])" .Labels.name | query }}'), []);
  });
});
