import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { z } from "zod";
import { ServiceObservability } from "../../components/service-observability";
import { checks } from "../../core/checks";
import { checkModel } from "../../core/checks/check";
import { inTemporaryFolder, startLocalServer } from "../../core/simulate/local-server";
import { loadProject } from "../../project";
import { prometheus } from "../tools/prometheus";
import { recordResources, settled, type Recorded } from "./recorded";

const environment = {
  namespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};
const answer = z.object({
  data: z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ health: z.string(), lastError: z.string().optional() })) })),
  }),
});

/** The rule files that a Prometheus reads of what was registered: the operator writes a file of each object. */
const ruleFiles: Readonly<Record<"operator" | "configmap", (resource: Recorded) => readonly string[]>> = {
  operator: ({ type, inputs }) => (type.endsWith(":PrometheusRule") ? [stringify(inputs["spec"])] : []),
  configmap: ({ type, name, inputs }) =>
    type.endsWith(":ConfigMap") && name.includes("-rules")
      ? Object.values(z.record(z.string(), z.string()).parse(inputs["data"]))
      : [],
};

for (const target of ["operator", "configmap"] as const) {
  describe(`the rules of every service, for the target ${target}`, () => {
    let files: readonly string[] = [];
    let expected = 0;
    beforeAll(async () => {
      const recorded = recordResources();
      const { checked: model } = checkModel(loadProject(resolve(__dirname, "../..")), checks);
      assert.ok(model);
      for (const service of model.services)
        new ServiceObservability(service.id, { service, model, environment, ruleTarget: target });
      await settled();
      files = recorded.flatMap(ruleFiles[target]);
      expected = model.services.reduce((sum, { alerts, recordingRules }) => sum + alerts.length + recordingRules.length, 0);
    });

    it("are loaded by Prometheus, which evaluates each of them", async () => {
      const command = await prometheus();
      await inTemporaryFolder(async (folder) => {
        mkdirSync(join(folder, "rules"));
        files.forEach((text, number) => writeFileSync(join(folder, "rules", `${number}.yaml`), withoutIntervals(text)));
        const configuration = stringify({ global: { evaluation_interval: "1s" }, rule_files: ["rules/*.yaml"] });
        const server = await startLocalServer({ command, folder, configuration, args: ["--storage.tsdb.path=data"] });
        try {
          const rules = await evaluated(server.url);
          assert.equal(rules.length, expected);
          assert.deepEqual(
            rules.filter(({ health }) => health !== "ok"),
            [],
          );
        } finally {
          server.stop();
        }
      });
    });
  });
}

/** So that groups of objectives are evaluated as often as the others, and no test waits for a minute. */
function withoutIntervals(text: string): string {
  return text.replace(/^ +interval: .*\n/gm, "");
}

/** All rules, once each has been evaluated. */
async function evaluated(url: string) {
  for (;;) {
    await new Promise((done) => setTimeout(done, 200));
    const response = await fetch(`${url}/api/v1/rules`);
    if (!response.ok) continue; // not ready yet
    const { data } = answer.parse(await response.json());
    const rules = data.groups.flatMap((group) => group.rules);
    if (rules.every(({ health }) => health !== "unknown")) return rules;
  }
}
