import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { readAlerting } from "../../../core/load/alerting";
import { describeMatcher } from "../../../core/model/alerting";

describe("the matchers of an alertmanager.yaml", () => {
  const rows: readonly (readonly [what: string, route: string, told: readonly string[]])[] = [
    ["a line", `matchers: ['severity="page"']`, ['severity="page"']],
    ["a line without quotes", "matchers: [severity = page]", ['severity="page"']],
    ["a line with several, in braces", `matchers: ['{a=~"x|y", b!="1,2"}']`, ['a=~"x|y"', 'b!="1,2"']],
    ["a quoted label, and quotes within", `matchers: ['"my label"!~"say \\"hi\\""']`, ['my label!~"say \\"hi\\""']],
    ["an empty value", `matchers: ['team=""']`, ['team=""']],
    ["the old way", "match: { severity: page }\nmatch_re: { team: a|b }", ['severity="page"', 'team=~"a|b"']],
    ["what is none", "matchers: [nonsense, 7]", ['=""']],
  ];
  for (const [what, route, told] of rows)
    it(`are read from ${what}`, () => {
      const [read] = readAlerting(parse(`route:\n  receiver: a\n  ${route.replace("\n", "\n  ")}`)).routes;
      assert.deepEqual(read?.matchers.map(describeMatcher), told);
    });
});

describe("what an Alertmanager is told", () => {
  it("has the matchers and the receiver of the routes above a route, and where it stands", () => {
    const yaml = `route: { receiver: chat, routes: [{ matchers: [a=1], routes: [{ matchers: [b=2], receiver: pager }] }] }`;
    const { routes } = readAlerting(parse(yaml));
    assert.deepEqual(
      routes.map(({ matchers, receiver, path }) => [matchers.map(describeMatcher), receiver, path]),
      [
        [[], "chat", ["route"]],
        [['a="1"'], "chat", ["route", "routes", 0]],
        [['a="1"', 'b="2"'], "pager", ["route", "routes", 0, "routes", 0]],
      ],
    );
  });

  it("is read from an AlertmanagerConfig too", () => {
    const yaml = `
kind: AlertmanagerConfig
spec:
  route: { receiver: chat, routes: [{ matchers: [{ name: severity, value: page, matchType: "=" }], receiver: pager }] }
  inhibitRules:
    - sourceMatch: [{ name: alertname, value: Gone }]
      targetMatch: [{ name: alertname, value: A|B, regex: true }]
      equal: [namespace]
  receivers: [{ name: chat }, { name: pager }]`;
    const { inhibitions, routes, receivers } = readAlerting(parse(yaml));
    assert.deepEqual(
      inhibitions.map(({ source, target, equal, path }) => [
        source.map(describeMatcher),
        target.map(describeMatcher),
        equal,
        path,
      ]),
      [[['alertname="Gone"'], ['alertname=~"A|B"'], ["namespace"], ["spec", "inhibitRules", 0]]],
    );
    assert.deepEqual(
      routes.map(({ receiver, path }) => [receiver, path]),
      [
        ["chat", ["spec", "route"]],
        ["pager", ["spec", "route", "routes", 0]],
      ],
    );
    assert.deepEqual(
      receivers.map(({ name }) => name),
      ["chat", "pager"],
    );
  });

  for (const nothing of [undefined, null, "text", [], { route: "a", inhibit_rules: 7, receivers: {} }])
    it(`is nothing in ${JSON.stringify(nothing)}`, () => {
      const { inhibitions, receivers } = readAlerting(nothing);
      assert.deepEqual([inhibitions, receivers], [[], []]);
    });
});
