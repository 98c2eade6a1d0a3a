import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { indexOf } from "../core/model/model";
import { loadProject } from "../project";
import { renderRuleObjects } from "../core/render/prometheus-rule";
import { renderRuleTests } from "../core/render/rule-tests";
import { temporaryFolder } from "./machine/temporary-folder";
import { promtool } from "./tools/promtool";

const root = resolve(__dirname, "..");
const model = loadProject(root);
const index = indexOf(model);
const environment = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};
const folder = temporaryFolder();

// One run a service, which loads only its rules: promtool reads all its rule files again for every test.
for (const service of model.services) {
  describe(`the rules of ${service.id}, as they are rendered`, () => {
    const rules = join(folder, `${service.id}.yaml`);
    let tested = "";
    beforeAll(async () => {
      writeFileSync(
        rules,
        stringify({ groups: renderRuleObjects(service, index, environment).flatMap((object) => object.groups) }),
      );
      const files = renderRuleTests(service, index, environment).map((suite) => {
        writeFileSync(join(folder, `${suite.name}.rules.yaml`), stringify(suite.rules));
        const path = join(folder, `${suite.name}.test.yaml`);
        writeFileSync(path, stringify(suite.tests));
        return path;
      });
      tested = await run("test", "rules", ...files);
    });

    it("are accepted by promtool, lint included", async () => {
      const printed = await run("check", "rules", "--lint=all", "--lint-fatal", rules);
      assert.match(printed, new RegExp(`SUCCESS: ${service.alerts.length + service.recordingRules.length} rules found`));
    });

    for (const alert of service.alerts) {
      it(`${alert.name} fires and keeps quiet as its examples say`, () => {
        assert.match(tested, /SUCCESS|FAILED/);
        assert.equal(failuresOf(alert.name, tested), "");
      });
    }

    it("pass as a whole", () => {
      assert.doesNotMatch(tested, /FAILED/);
    });
  });
}

/** promtool's words about the examples of one alert. */
function failuresOf(alertName: string, printed: string): string {
  const failures = printed.split(/^(?= {4}name: )/m).filter((text) => text.startsWith(`    name: ${alertName} `));
  return failures.join("");
}

async function run(...args: readonly string[]): Promise<string> {
  const { stdout, stderr, error } = spawnSync(await promtool(), args, { encoding: "utf8" });
  if (error) throw error;
  return stdout + stderr;
}
