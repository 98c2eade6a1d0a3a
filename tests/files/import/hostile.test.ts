import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { configurationSchema } from "../../../core/load/files/configuration";
import { panelsOf } from "../../../core/model/panel";
import { plainTemplate } from "../../../core/model/placeholders";
import { isSameQuery } from "../../../core/model/promql-meaning";
import { randomFrom } from "../../random";
import { deployed, documentsOf } from "./compared";
import { compilerFaults, declared, imported, runbooksOf } from "./imported";

/** What ends a string, a template or a comment, begins an action or a placeholder, or is a name that means something. */
const pieces = [
  ...Array.from("`\"'\\{}$#<> \t\n."),
  ...[
    "${",
    "${x}",
    "*/",
    "/*",
    "//",
    "{{",
    "}}",
    "{{ $labels.status }}",
    "{{$value}}",
    "{status}",
    "{value}",
    "<!--",
    "-->",
    "\r\n",
  ],
  ...["\u2028", "💥", "__proto__", "constructor", "$1", "$__rate_interval", "\\n", "\\`", "\\${", "end"],
];
const settings = configurationSchema.parse({
  rules: ["rules.yaml"],
  dashboards: ["dashboard.json"],
  metrics: [{ files: ["app.prom"], as: "scrape" }],
});
const scrape = '# TYPE app_joins_total counter\napp_joins_total{status="x"} 1\n# TYPE app_depth gauge\napp_depth{status="x"} 1\n';

describe.each([1, 2, 3])("texts that look like code, seed %i", (seed) => {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] ?? assert.fail();
  const hostile = (): string => Array.from({ length: 1 + Math.floor(random() * 8) }, () => pick(pieces)).join("");
  const query = (): string =>
    pick([
      `app_depth{status=${JSON.stringify(hostile())}}`,
      `sum by (status) (rate(app_joins_total{status!~${JSON.stringify(hostile())}}[$__rate_interval]))`,
      `label_replace(app_depth, "a", ${JSON.stringify(hostile())}, "status", "(.*)")\n  or app_depth # ${hostile().replace(/\s/g, " ")}`,
      `sum(app_depth{status=~"${pick(["$status", "[[status]]", "${status:regex}", "a/b", "a.b|c"])}"})`,
    ]);
  const panels = Array.from({ length: 60 }, (_, id) => ({
    id,
    type: "timeseries",
    title: hostile(),
    description: hostile(),
    targets: [{ expr: query(), legendFormat: hostile() }],
    datasource: { type: "prometheus", uid: "p" },
  }));
  const rules = Array.from({ length: 60 }, (_, index) => ({
    alert: `App${pick(["Deep", "Slow", hostile()])}${index}`,
    expr: `${pick([...panels.map(({ targets }) => targets[0]?.expr ?? ""), query()]).replaceAll("$__rate_interval", "5m")}\n > ${index}`,
    labels: { severity: pick(["page", "critical", hostile()]), team: hostile() },
    annotations: { summary: hostile(), description: hostile(), runbook_url: pick(["", hostile()]) },
  }));
  const files = new Map([
    ["rules.yaml", stringify({ groups: [{ name: "app", rules }] })],
    ["dashboard.json", JSON.stringify({ uid: "app", title: hostile(), description: hostile(), panels: [{ type: "row", title: hostile(), panels: [] }, ...panels] })], // prettier-ignore
    ["app.prom", scrape],
  ]);
  const result = imported("app", files, settings);

  it("compile", () => assert.deepEqual(compilerFaults(result.files), []));

  it("come out as they went in", () => {
    const service = declared("app", result.files);
    const [dashboard] = service.dashboards;
    const drawn = dashboard ? panelsOf(dashboard).slice(0, panels.length) : [];
    assert.deepEqual(drawn.map(({ title }) => title), panels.map(({ title }) => title)); // prettier-ignore
    drawn.forEach(({ queries }, index) => {
      const [shown] = Object.values(queries);
      const expr = panels[index]?.targets[0]?.expr ?? "";
      assert.ok(shown && isSameQuery(shown.query.expr, expr), expr);
    });
    const { alerts } = deployed(documentsOf(service, runbooksOf(result)));
    assert.equal(service.alerts.length, rules.length);
    service.alerts.forEach(({ name, summary, impact, labels }, index) => {
      const rule = rules[index] ?? assert.fail();
      assert.ok(isSameQuery(alerts.get(name)?.expression ?? "", rule.expr), rule.expr);
      assert.deepEqual([name, labels], [rule.alert, { team: rule.labels.team }]);
      assert.equal(plainTemplate(summary), plainTemplate(rule.annotations.summary));
      assert.equal(plainTemplate(impact), plainTemplate(rule.annotations.description));
    });
  });
});
