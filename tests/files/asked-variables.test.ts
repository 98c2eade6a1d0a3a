import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { check } from "./drawn-dashboard";

const catalog = "| metric | type | labels |\n|---|---|---|\n| `app_depth` | gauge | `actor=one,two; pod` |\n";
const declared = { "metrics.md": catalog };

function query(name: string, asked: string, more: object = {}): object {
  return { name, type: "query", query: asked, datasource: { type: "prometheus", uid: "p" }, ...more };
}

describe("what a variable asks for", () => {
  const said = (asked: unknown, more: object = {}): readonly string[] =>
    [...check({ files: declared, more: [{ ...query("x", ""), query: asked, ...more }] }).matchAll(/the variable (.*)$/gm)].map(
      ([, words = ""]) => words,
    );

  const told: readonly (readonly [what: string, asked: unknown, said: RegExp])[] = [
    ["a label that its metric lacks", "label_values(app_depth, pdo)", /^matches on "pdo", which is no label of app_depth/],
    ["the same, as an editor writes it", { query: "label_values(app_depth, pdo)", refId: "A" }, /^matches on "pdo"/],
    ["the same, among other matchers", 'label_values(app_depth{actor=~"$actor", }, pdo)', /^matches on "pdo"/],
    ["a matcher's label", 'label_values(app_depth{acto="one"}, pod)', /^matches on "acto", which is no label/],
    [
      "a value that a label never has",
      'label_values(app_depth{actor="three"}, pod)',
      /actor="three", a value that app_depth never/,
    ],
    ["a metric that nobody declares", "label_values(app_dept, pod)", /^uses "app_dept", which no catalog declares/],
    ["a query's metric", "query_result(topk(5, app_dept))", /^uses "app_dept"/],
    ["a query's grouping", "query_result(sum by (pdo) (app_depth))", /^groups by "pdo"/],
    ["what is no query", "query_result(sum(app_depth)", /^is refused by Prometheus/],
  ];
  for (const [what, asked, expected] of told)
    it(`is told: ${what}`, () => {
      const found = said(asked);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", expected);
    });

  const silent: readonly (readonly [what: string, asked: unknown, more?: object])[] = [
    ["a label that the metric has", "label_values(app_depth, pod)"],
    ["one that a scrape adds", "label_values(app_depth, instance)"],
    ["a choice within", 'label_values(app_depth{actor=~"$actor",instance="[[node]]"}, pod)'],
    ["names of metrics", 'label_values({__name__=~"app_.*"}, __name__)'],
    ["a label that is chosen", "label_values(app_depth, $actor)"],
    ["a label of all series", "label_values(pdo)"],
    ["a list of metrics", "metrics(app_.*)"],
    ["a metric of somebody else", "label_values(node_uname_info, nodename)"],
    ["a range that Grafana fills in", "query_result(max by (pod) (max_over_time(app_depth[$__range])))"],
    ["a stream of Loki", "label_values(app_depth, pdo)", { datasource: { type: "loki", uid: "l" } }],
  ];
  for (const [what, asked, more] of silent) it(`is right: ${what}`, () => assert.deepEqual(said(asked, more), []));
});

describe("variables that wait for each other", () => {
  const said = (...more: readonly object[]): readonly string[] =>
    [...check({ more }).matchAll(/asks for the values of (.*?)(?::|, which Grafana)/g)].map(([, words = ""]) => words);

  it("are told once a circle", () => {
    const byA = query("b", 'label_values(up{x="$a"}, y)');
    assert.deepEqual(said(query("a", 'label_values(up{x="$b"}, y)'), byA), ["$a by $b, which asks for $a"]);
    assert.deepEqual(said(query("a", "label_values(up{x='${c:raw}'}, y)"), byA, query("c", 'label_values(up{x="[[b]]"}, y)')), [
      "$a by $c, which asks for $b, which asks for $a",
    ]);
    assert.deepEqual(said(query("a", 'label_values(up{x="$a"}, y)')), ["$a by $a itself"]);
  });

  it("are none where one only follows the other", () => {
    const a = query("a", "label_values(up, y)");
    const b = query("b", 'label_values(up{x="$a"}, y)');
    assert.deepEqual(said(a, b, query("c", 'label_values(up{x="$a",z="$b"}, y)')), []);
    assert.deepEqual(said(query("a", 'label_values(up{x="$ab"}, y)'), query("ab", "label_values(up, y)")), []);
    assert.deepEqual(said({ name: "a", type: "custom", query: "$b" }, { name: "b", type: "constant", query: "$a" }), []);
  });
});

describe("what stands for all values of a variable", () => {
  const said = (expr: string, all: object): string => check({ expr, more: [query("x", "label_values(up, y)", all)] });

  for (const allValue of ["(", "*.example", "a\\"])
    it(`is told where Prometheus refuses it: ${allValue}`, () => {
      const text = said('app_depth{pod=~"$x"}', { includeAll: true, allValue });
      assert.match(text, /offers all of its values as ".*", which Prometheus refuses: /);
    });
  for (const [what, expr, all] of [
    ["a pattern", 'app_depth{pod=~"$x"}', { includeAll: true, allValue: ".*" }],
    ["none", 'app_depth{pod=~"$x"}', { includeAll: true, allValue: "" }],
    ["one that cannot be chosen", 'app_depth{pod=~"$x"}', { includeAll: false, allValue: "(" }],
    ["one that no query uses", "app_depth", { includeAll: true, allValue: "(" }],
    ["a word that is equal to a value", 'app_depth{pod="$x"}', { includeAll: true, allValue: "all" }],
    ["that of what nobody chooses", 'app_depth{pod="$x"}', { includeAll: true, hide: 2 }],
  ] as const)
    it(`is right: ${what}`, () => assert.doesNotMatch(said(expr, all), /offers all|all values/));

  it("is more than one value", () => {
    const fault = /asks for pod="\$x", but all values of \$x can be chosen at once/;
    assert.match(said('app_depth{pod="$x"}', { includeAll: true }), fault);
    assert.match(said('app_depth{pod="$x"}', { includeAll: true, allValue: ".+" }), fault);
  });
});

describe("what a dashboard marks moments by", () => {
  const said = (annotation: object): string =>
    check({
      files: declared,
      more: [query("pod", "label_values(app_depth, pod)", { multi: true })],
      top: { annotations: { list: [{ name: "Restarts", datasource: { type: "prometheus", uid: "p" }, ...annotation }] } },
    });

  const told: readonly (readonly [what: string, annotation: object, said: RegExp])[] = [
    ["what is no query", { expr: "sum(app_depth" }, /the annotation query is refused by Prometheus/],
    ["a metric that nobody declares", { expr: "app_dept > 1" }, /the annotation query uses "app_dept"/],
    ["a label that its metric lacks", { target: { expr: "sum by (pdo) (app_depth)" } }, /annotation query groups by "pdo"/],
    ["a variable that is not there", { expr: 'app_depth{pod=~"$pods"}' }, /uses the variable "pods"/],
    ["several values as one", { expr: 'app_depth{pod="$pod"}' }, /asks for pod="\$pod", but several values/],
  ];
  for (const [what, annotation, expected] of told) it(`is checked: ${what}`, () => assert.match(said(annotation), expected));

  for (const annotation of [
    { expr: 'changes(app_depth{pod=~"$pod"}[$__rate_interval]) > 0', titleFormat: "{{pod}}" },
    { expr: "max_over_time(app_depth[$__range])" },
    { builtIn: 1, datasource: "-- Grafana --", type: "dashboard" },
    { expr: '{app="x"} |= "started" | json', datasource: { type: "loki", uid: "l" } },
    { datasource: { type: "grafana", uid: "-- Grafana --" }, target: { type: "tags", tags: ["deploy"] } },
  ])
    it(`is right: ${JSON.stringify(annotation)}`, () =>
      assert.doesNotMatch(said(annotation), /annotation query|uses the variable|several values/));
});

it("leaves labels and patterns that a variable writes to who chooses", () => {
  const expr =
    'label_replace(app_depth, "x", "$1", "pod", "${node}-(.*)") + on (pod) label_replace(app_depth, "$actor", "", "", "")';
  assert.doesNotMatch(check({ expr }), /label-argument-fits/);
});

it("leaves macros of other data sources alone", () => {
  const panel = { id: 1, title: "Depth", targets: [{ rawSql: "select $__interval_s", datasource: { type: "clickhouse" } }] };
  assert.doesNotMatch(check({ top: { panels: [panel] } }), /__interval_s/);
});
