import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { checks } from "../../core/checks";
import { runChecks } from "../../core/checks/check";
import { readStackFile } from "../../core/load/stack-file";
import type { Finding } from "../../core/model/finding";
import { renderFindings } from "../../core/render/findings";
import { services } from "../../services";
import { applySettings, readSettings } from "../../settings";
import { exampleModel, runbook } from "./checks/example";
import { randomFrom } from "../random";
import { mutate } from "./mutations";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
copyFileSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Whatever somebody writes, the answer is findings, which may be none: never an exception, and never a wait without end. */
describe("10,000 mutations end in findings or in nothing", () => {
  it("3,400 of settings files", () => {
    const files = ["dev", "staging", "prod"].map((stack) => readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));
    everyMutation(files, 3400, (text) => {
      writeFileSync(join(folder, "Pulumi.prod.yaml"), text);
      const { values, findings } = readStackFile(folder, "prod");
      const read = readSettings(values, "Pulumi.prod.yaml");
      const applied = "value" in read ? applySettings(services, read.value, "Pulumi.prod.yaml") : read;
      return [...findings, ...("findings" in applied ? applied.findings : [])];
    });
  });

  it("3,300 of runbooks", () => {
    const html = '<h2 id="a">A &amp; b</h2>\n\n<a name="b" href="#a">x</a> ![x](y.svg)\n\n[the guide][guide]\n';
    everyMutation([runbook, `---\ntitle: EX\n---\n${runbook}`, html + runbook], 3300, (text) => {
      return runChecks(exampleModel({ markdown: () => text }), checks).findings;
    });
  });

  it("3,300 of declared queries", () => {
    const queries = [
      "max by (actor_type) (ex_depth)",
      'sum by (status) (rate(ex_joins_total{status=~"success|failure"}[$__rate_interval])) / ignoring (status) group_left sum(rate(ex_joins_total[5m]))',
      "histogram_quantile(0.95, sum by (le) (rate(ex_latency_seconds_bucket[5m]))) > 0.5",
      'label_replace(max_over_time(ex_depth[1h:1m] offset 5m), "who", "$1", "actor_type", "(.*)") unless on (instance) up == 0',
    ];
    everyMutation(queries, 3300, (query) => runChecks(exampleModel({ query }), checks).findings);
  });
});

function everyMutation(texts: readonly string[], count: number, findingsOf: (text: string) => readonly Finding[]): void {
  const random = randomFrom(20240229);
  for (let number = 0; number < count; number++) {
    const text = mutate(texts[number % texts.length] ?? "", random);
    try {
      const findings = findingsOf(text);
      for (const { message } of findings) assert.doesNotMatch(message, /undefined|\[object |\n\s+at /);
      renderFindings(findings);
    } catch (error) {
      throw new Error(`Mutation ${number} fails, on ${JSON.stringify(text.slice(0, 2000))}`, { cause: error });
    }
  }
}
