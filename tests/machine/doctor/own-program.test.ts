import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { describe, it } from "@jest/globals";
import { declaredByStack } from "../../../commands/doctor";
import { loadStackFile } from "../../../core/load/stack-file";
import { indexOf } from "../../../core/model/model";
import { renderRuleGroups } from "../../../core/render/rule-groups";
import { liveChecks } from "../../../core/running";
import { runLiveChecks } from "../../../core/running/live-check";
import { deployedAlertmanager, type AlertmanagerSettings } from "../../../core/simulate/deployed-alertmanager";
import { encodeWriteRequest } from "../../../core/simulate/remote-write";
import { scrapeAll } from "../../../core/simulate/scrape";
import { conventions, targetsOf } from "../../../core/simulate/convention";
import { goodDay } from "../../../core/simulate/world";
import { eventually } from "../../inhibition/eventually";
import { redirectReceivers } from "../../../core/simulate/alertmanager-configuration";
import { look } from "../../../machine/doctor/look";
import { loadProject, prepareDeployment } from "../../../project";
import { startAlertmanager } from "../../inhibition/alertmanager";
import { getJson, startServer, testFolder } from "../../inhibition/server";

const root = resolve(__dirname, "../../..");
const stack = "prod";

function deployment() {
  const file = loadStackFile(root, stack);
  const prepared = prepareDeployment(loadProject(root), stack, "value" in file ? file.value : {});
  assert.ok("value" in prepared);
  return prepared.value;
}

const names = z.object({ data: z.array(z.string()) });
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

  for (const convention of conventions)
    it(`has nothing against a good day of its services, in the convention "${convention}"`, async () => {
      const { model, settings } = deployment();
      const groups = model.services.flatMap((service) =>
        renderRuleGroups(service, indexOf(model), settings).map(({ name, rules }) => ({ name, rules })),
      );
      const folder = testFolder();
      writeFileSync(join(folder, "rules.json"), JSON.stringify({ groups }));
      const prometheus = await startServer({
        tool: "prometheus",
        folder,
        configuration: "global: { evaluation_interval: 2s }\nrule_files: [rules.json]\n",
        args: ["--storage.tsdb.path=data", "--storage.tsdb.retention.time=30d", "--web.enable-remote-write-receiver"],
      });
      const world = goodDay(model.services);
      const seconds = { historySeconds: 1200, lastsSeconds: 300 };
      const series = scrapeAll(targetsOf(world, convention), { everySeconds: 15, ...seconds, missing: world.missing });
      const now = Date.now();
      const written = await fetch(`${prometheus}/api/v1/write`, {
        method: "POST",
        headers: {
          "Content-Encoding": "snappy",
          "Content-Type": "application/x-protobuf",
          "X-Prometheus-Remote-Write-Version": "0.1.0",
        },
        body: new Uint8Array(encodeWriteRequest(series, (second) => now + (second - seconds.lastsSeconds) * 1000)),
      });
      assert.equal(written.status, 204, await written.text());
      const declared = declaredByStack(root, stack);
      const recorded = declared.rules.filter(({ kind }) => kind === "record").map(({ name }) => name);
      await eventually(async () => {
        const answer = names.parse(await getJson(`${prometheus}/api/v1/label/__name__/values`));
        const missing = recorded.filter((name) => !answer.data.includes(name));
        if (missing.length > 0) throw new Error(`Not recorded yet: ${missing.join(", ")}`);
      });
      const running = await look({ prometheus, runbooks: false }, declared, patience);
      const { findings } = runLiveChecks(liveChecks, declared, running);
      assert.deepEqual(
        findings.filter(({ severity }) => severity === "error"),
        [],
      );
      // Nothing fails on a good day: what fails has no series.
      assert.deepEqual(
        findings.map(({ check, subject: { file, name = "" } }) => `${check} ${file} ${name}`.trim()),
        [
          "series-exists services/mc/metrics.ts mc_actor_panics_total",
          "series-exists services/mc/metrics.ts mc_messages_dropped_total",
          "series-exists services/mc/metrics.ts mc_fenced_out_total",
          "alert-can-fire services/gc/alerts.ts",
          "alert-can-fire services/mc/alerts.ts",
        ],
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
