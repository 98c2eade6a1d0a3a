import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, small, told } from "./small-repository";

const scrape = `# TYPE app_wait_seconds histogram
${["0.1", "0.5", "1", "+Inf"].map((le) => `app_wait_seconds_bucket{path="/x",le="${le}"} 1`).join("\n")}
app_wait_seconds_sum{path="/x"} 1
app_wait_seconds_count{path="/x"} 1
# TYPE app_requests_total counter
app_requests_total{status="200"} 1
app_requests_total{status="500"} 1
`;

const inTime = (le: string): string => `sum(rate(app_wait_seconds_bucket{${le}}[5m])) / sum(rate(app_wait_seconds_count[5m]))`;
const quantile = "histogram_quantile(0.95, sum by (le) (rate(app_wait_seconds_bucket[5m])))";

/** The checks that tell of an objective's alert in a rule file, whose metrics a scrape shows. */
function toldOf(expr: string): readonly string[] {
  const root = folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}metrics: [{ files: [m.prom], as: scrape, prefixes: [app_] }]\n`,
    "m.prom": scrape,
    "rules/slo.yaml": `groups:
  - name: slo
    rules:
      - record: app:errors:ratio_rate5m
        expr: sum(rate(app_requests_total{status="500"}[5m])) / sum(rate(app_requests_total[5m]))
      - alert: AppBudgetBurns
        expr: '${expr}'
        annotations: { summary: It burns, runbook_url: runbooks/app.md#appdown }
`,
  });
  const config = join(root, "chain.yaml");
  const { text } = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
  return [...text.matchAll(/error ([a-z-]+) /g)].map(([, check = ""]) => check);
}

describe("an objective in a rule file", () => {
  for (const [expr, check] of [
    [`1 - ${inTime('le="0.3"')} > 14.4 * 0.01`, "label-value-is-declared"],
    [`1 - ${inTime('le=~"0.3|0.30"')} > 14.4 * 0.01`, "label-value-is-declared"],
    [`1 - ${inTime('le=~"1|1.5"')} > 14.4 * 0.01`, "label-value-is-declared"],
    [`1 - ${inTime('le=~"1"')} > 14.4 * 0.01`, "label-value-is-declared"],
    [`1 - ${inTime('le="1"')} > 14.4 * 0.01`, "label-value-is-declared"],
    [`1 - ${inTime('le="0.5"')} > 14.4 * 0.1`, "query-has-result"],
    ["app:errors:ratio_rate5m > 14.4 * 0.1", "query-has-result"],
    ["app:errors:ratio_rate5m > (14.4 * (1 - 0.9))", "query-has-result"],
    [`${quantile} > 2`, "query-has-result"],
  ] as const)
    it(`is told where it can never be measured or missed: ${expr}`, () => {
      assert.deepEqual([...new Set(toldOf(expr))], [check]);
    });

  for (const expr of [
    `1 - ${inTime('le="0.5"')} > 14.4 * 0.01`,
    `1 - ${inTime('le="1.0"')} > 14.4 * 0.01`,
    `1 - ${inTime('le=~"1|1.0"')} > 14.4 * 0.01`,
    `1 - ${inTime('le=~"1|1[.]0"')} > 14.4 * 0.01`,
    `1 - ${inTime('le=~"0.5|0.50"')} > 14.4 * 0.01`,
    "app:errors:ratio_rate5m > (14.4 * (1 - 0.95))",
    `${quantile} > 0.9`,
  ])
    it(`is taken where it can: ${expr}`, () => {
      assert.deepEqual(toldOf(expr), []);
    });
});
