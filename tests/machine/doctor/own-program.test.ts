import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { describe, it } from "@jest/globals";
import { declaredByStack } from "../../../commands/doctor";
import { loadStackFile } from "../../../core/load/stack-file";
import { indexOf } from "../../../core/model/model";
import { renderRuleGroups } from "../../../core/render/rule-groups";
import { liveChecks } from "../../../core/running";
import { runLiveChecks } from "../../../core/running/live-check";
import { deployedAlertmanager, type AlertmanagerSettings } from "../../../core/simulate/deployed-alertmanager";
import { redirectReceivers } from "../../../core/simulate/alertmanager-configuration";
import { look } from "../../../machine/doctor/look";
import { loadProject, prepareDeployment } from "../../../project";
import { startAlertmanager } from "../../inhibition/alertmanager";
import { startServer, testFolder } from "../../inhibition/server";

const root = resolve(__dirname, "../../..");
const stack = "prod";

function deployment() {
  const file = loadStackFile(root, stack);
  const prepared = prepareDeployment(loadProject(root), stack, "value" in file ? file.value : {});
  assert.ok("value" in prepared);
  return prepared.value;
}

const patience = { timeoutSeconds: 20, signal: new AbortController().signal };

describe("this program, beside the servers that have loaded what it deploys", () => {
  it("finds each of its rules in Prometheus, as it is declared", async () => {
    const { model, settings } = deployment();
    const groups = model.services.flatMap((service) => renderRuleGroups(service, indexOf(model), settings));
    const folder = testFolder();
    writeFileSync(join(folder, "rules.json"), JSON.stringify({ groups }));
    const prometheus = await startServer({
      tool: "prometheus",
      folder,
      configuration: "rule_files: [rules.json]\n",
      args: ["--storage.tsdb.path=data", "--storage.tsdb.retention.time=30d"],
    });
    const declared = declaredByStack(root, stack);
    const running = await look({ prometheus, runbooks: false }, declared, patience);
    assert.ok(running.prometheus && "data" in running.prometheus.rules);
    assert.equal(running.prometheus.rules.data.length, declared.rules.length);
    const { findings } = runLiveChecks(liveChecks, declared, running);
    // Nothing is scraped: whether anything could fire is another matter.
    const ofRules = ["rule-is-running", "rule-evaluates", "retention-fits-ranges", "server-answers"];
    assert.deepEqual(
      findings.filter(({ check }) => ofRules.includes(check)),
      [],
    );
  });

  for (const way of ["operator", "plain", "fragment"] as const)
    it(`finds its inhibitions and routes in Alertmanager, whose configuration is that of "${way}"`, async () => {
      const { model, settings } = deployment();
      const own: AlertmanagerSettings = { ...settings, alertmanager: way };
      const configuration = redirectReceivers(deployedAlertmanager(model, own), "http://127.0.0.1:1/");
      const { url } = await startAlertmanager(stringify(configuration));
      const declared = declaredByStack(root, stack);
      assert.ok((declared.alerting?.inhibitions.length ?? 0) > 2 && (declared.alerting?.routes.length ?? 0) > 0);
      const running = await look({ alertmanager: url, runbooks: false }, declared, patience);
      assert.deepEqual(runLiveChecks(liveChecks, declared, running).findings, []);
    });
});
