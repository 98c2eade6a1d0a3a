import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { z } from "zod";
import { readEngineState } from "../../machine/embedded/stack/engine-state";
import { services } from "../../services";
import { brokenLinks, deployedAlerts, filesIn } from "./deployed";
import { changesOf, failureOf, scratchProject } from "./scratch-project";

/** One stack through its life, with the real engine. */
describe("a stack", () => {
  const project = scratchProject();
  const deployed = project.deployed("staging");
  afterAll(() => {
    project.remove();
  });

  it("is created whole: every alert with its runbook section and its panel", async () => {
    const changed = changesOf(await project.run("staging", "up"));
    assert.ok(changed.length > 0 && changed.every((change) => change.startsWith("created ")), changed.join());
    assert.deepEqual(
      [...deployedAlerts(deployed)].sort(),
      services.flatMap(({ alerts }) => alerts.map(({ name }) => name)).sort(),
    );
    assert.deepEqual(brokenLinks(deployed), []);
  });

  it("makes every service's rules wait for its runbooks and dashboards, as the state says", () => {
    const { resources } = readEngineState(join(deployed, "..", "state"));
    const rules = resources.filter(({ type }) => type.endsWith(":PrometheusRules"));
    const waits = rules.map(({ urn, ...rest }) => [
      nameOf(urn),
      z
        .object({ dependencies: z.array(z.string()) })
        .parse(rest)
        .dependencies.map(nameOf)
        .sort(),
    ]);
    assert.deepEqual(Object.fromEntries(waits), {
      "alerting-rules": ["alerting-dashboards-alerting-overview", "alerting-runbooks"],
      "journeys-rules": ["journeys-dashboards-journey-meeting-join"],
      "gc-rules": ["gc-dashboards-gc-overview", "gc-dashboards-gc-rollout", "gc-runbooks"],
      "mc-rules": ["mc-dashboards-mc-overview", "mc-dashboards-mc-rollout", "mc-runbooks"],
    });
  });

  it("has nothing to change when it is deployed again, and records nothing", async () => {
    const history = (): number => filesIn(join(deployed, "..", "state", ".pulumi", "history")).length;
    const recorded = history();
    const before = filesIn(deployed).map((file) => readFileSync(file, "utf8"));
    assert.deepEqual(changesOf(await project.run("staging", "up")), []);
    assert.deepEqual(
      filesIn(deployed).map((file) => readFileSync(file, "utf8")),
      before,
    );
    assert.equal(history(), recorded);
  });

  it("changes only a service's rules and its dashboard when one of its thresholds changes", async () => {
    project.edit("Pulumi.staging.yaml", (text) => text.replace("threshold: 200", "threshold: 220"));
    const changed = changesOf(await project.run("staging", "up"));
    assert.deepEqual(changed, ["updated mc-dashboards-mc-overview", "updated mc-rules"]);
  });

  it("updates a ConfigMap in place when a runbook is edited", async () => {
    project.edit("runbooks/gc/incident-response.md", (text) => `${text}\nOne more sentence.\n`);
    const changed = changesOf(await project.run("staging", "up"));
    assert.deepEqual(changed, ["updated gc-runbooks"]);
  });

  it("puts right on refresh what somebody changed or removed by hand", async () => {
    const [rules = ""] = filesIn(deployed).filter((file) => file.endsWith("prometheusrule-dark-tower-mc.yaml"));
    const [runbooks = ""] = filesIn(deployed).filter((file) => file.endsWith("configmap-dark-tower-gc-runbooks.yaml"));
    const before = readFileSync(rules, "utf8");
    writeFileSync(rules, before.replace("> 220", "> 9000"));
    rmSync(runbooks);
    assert.deepEqual(changesOf(await project.run("staging", "refresh")), ["created gc-runbooks", "updated mc-rules"]);
    assert.equal(readFileSync(rules, "utf8"), before);
    assert.deepEqual(brokenLinks(deployed), []);
  });

  it("remembers through a preview that a run was interrupted, and then compares with what is deployed", async () => {
    const [rules = ""] = filesIn(deployed).filter((file) => file.endsWith("prometheusrule-dark-tower-mc.yaml"));
    const before = readFileSync(rules, "utf8");
    writeFileSync(rules, before.replace("> 220", "> 9000"));
    writeFileSync(join(deployed, "..", "lock.json"), ""); // of a process that was killed while it wrote
    assert.deepEqual(changesOf(await project.run("staging", "preview")), ["updated mc-rules"]);
    assert.deepEqual(changesOf(await project.run("staging", "up")), ["updated mc-rules"]);
    assert.equal(readFileSync(rules, "utf8"), before);
  });

  it("refuses a renamed heading with every alert that leads there, and changes nothing", async () => {
    const before = filesIn(deployed).map((file) => readFileSync(file, "utf8"));
    project.edit("runbooks/mc/incident-response.md", (text) =>
      text.replace("## Scenario 2: Actor panics", "## Scenario 2: Actors panic"),
    );
    assert.match(
      failureOf(await project.run("staging", "up")),
      /MCActorPanic\n.*links to "scenario-2-actor-panics", which is no heading of runbooks\/mc\/incident-response\.md\. Did you mean "scenario-2-actors-panic"\?/,
    );
    project.edit("runbooks/mc/incident-response.md", (text) =>
      text.replace("## Scenario 2: Actors panic", "## Scenario 2: Actor panics"),
    );
    assert.deepEqual(
      filesIn(deployed).map((file) => readFileSync(file, "utf8")),
      before,
    );
  });

  it("refuses wrong settings, all of them at once, before anything is deployed", async () => {
    const right = readFileSync(`${project.root}/Pulumi.staging.yaml`, "utf8");
    const wrong = { monitoringNamespace: "Not_A_Namespace", grafanaUrl: "grafana.example.com", grafanaUri: "https://x.example" };
    project.edit("Pulumi.staging.yaml", () =>
      stringify({
        config: Object.fromEntries(Object.entries(wrong).map(([key, value]) => [`dark-tower-observability:${key}`, value])),
      }),
    );
    const refusal = failureOf(await project.run("staging", "up"));
    for (const key of Object.keys(wrong)) assert.match(refusal, new RegExp(`Pulumi.staging.yaml ${key}\n`));
    project.edit("Pulumi.staging.yaml", () => right);
  });

  it("leaves nothing when it is destroyed", async () => {
    changesOf(await project.run("staging", "destroy"));
    assert.deepEqual(filesIn(deployed), []);
  });
});

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
