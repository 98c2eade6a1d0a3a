import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";
import { copyProject, type ProjectCopy } from "./engine/project-copy";
import { promtool } from "./tools/promtool";

const written = join(__dirname, "new-services");
const counts = z.object({ metrics: z.number(), alerts: z.array(z.string()), objectives: z.number() });

/** Counts what a service declares, and writes its rules with their examples into a folder. */
const rules = (id: string, folder: string): string => `
import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { indexOf } from "./core/model/model";
import { renderRuleTests } from "./core/render/rule-tests";
import { loadProject } from "./project";
const model = loadProject(__dirname);
const service = model.services.find((one) => one.id === "${id}")!;
const environment = { monitoringNamespace: "m", grafanaUrl: "https://g.example.com", runbookBaseUrl: "https://r.example.com" };
for (const suite of renderRuleTests(service, indexOf(model), environment)) {
  writeFileSync("${folder}/" + suite.name + ".rules.yaml", stringify(suite.rules));
  writeFileSync("${folder}/" + suite.name + ".test.yaml", stringify(suite.tests));
}
console.log(JSON.stringify({
  metrics: Object.keys(service.metrics).length,
  alerts: service.alerts.map(({ name }) => name),
  objectives: service.slos.length,
}));
`;

const services = [
  { id: "mh", title: "built of actors, and registered with another one", explained: "setupFailures" },
  { id: "rec", title: "with nothing of the kind", explained: "startFailures" },
] as const;

describe.each(services)("a service of 20 alerts and an objective, $title", ({ id, explained }) => {
  const folder = join(written, "services", id);
  let project: ProjectCopy;
  const run = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: project.root, encoding: "utf8" });
    return { status, printed: stdout + stderr };
  };
  beforeAll(() => {
    project = copyProject();
    assert.equal(run("run.mjs", "new", "service", id, "--upstream", "mc").status, 0);
    cpSync(folder, join(project.root, "services", id), { recursive: true });
    cpSync(join(written, "runbooks", id), join(project.root, "runbooks", id), { recursive: true });
    project.edit("services/cascades.ts", (text) => text.replace(`${id}Alerts.failures`, `${id}Alerts.${explained}`));
    const { status, printed } = run("run.mjs", "generate");
    assert.equal(status, 0, printed);
  });
  afterAll(() => project.remove());

  it("takes at most 150 lines of TypeScript, as Prettier breaks them", () => {
    const files = readdirSync(folder);
    const lines = files.map((file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n").length);
    assert.ok(lines.reduce((sum, count) => sum + count) <= 150, `${String(files)}: ${String(lines)} lines`);
    assert.equal(run("node_modules/prettier/bin/prettier.cjs", "--check", `services/${id}`).status, 0);
  });

  it("compiles, and no check finds anything", () => {
    const compiled = run("node_modules/typescript/bin/tsc").printed;
    assert.doesNotMatch(compiled, /^(services|runbooks)/m); // the copy has no tests, which commands import types of
    const { printed } = run("run.mjs", "check");
    assert.match(printed, /^\d+ checks: 0 errors, 0 warnings\.$/m, printed);
  });

  it("has its runbooks as `npm run generate` writes them", () => {
    for (const name of readdirSync(join(written, "runbooks", id)))
      assert.equal(
        readFileSync(join(project.root, "runbooks", id, name), "utf8"),
        readFileSync(join(written, "runbooks", id, name), "utf8"),
      );
  });

  it("declares ten metrics and twenty alerts, each of which promtool sees fire and keep quiet", async () => {
    const examples = join(project.root, ".cache", "rules");
    mkdirSync(examples, { recursive: true });
    writeFileSync(join(project.root, "rules-of.ts"), rules(id, examples));
    const { printed } = run("--import", "tsx", "rules-of.ts");
    const { metrics, alerts, objectives } = counts.parse(JSON.parse(printed));
    const own = alerts.filter((name) => !/Burn|MetricMissing|TrafficStopped/.test(name));
    assert.deepEqual([own.length, objectives], [20, 1], String(own));
    assert.ok(metrics >= 10, `${metrics} metrics`);
    const suites = readdirSync(examples).filter((name) => name.endsWith(".test.yaml"));
    const tested = spawnSync(await promtool(), ["test", "rules", ...suites], { cwd: examples, encoding: "utf8" });
    assert.equal(tested.status, 0, tested.stdout + tested.stderr);
  });

  it("tells nothing false in any standard situation, without a word about its good day", () => {
    const { status, printed } = run("run.mjs", "simulate", "--service", id, "--convention", "plain", "--interval", "15");
    assert.equal(status, 0, printed);
    assert.match(printed, /^\d+ situations, 0 not as expected\.$/m);
  });
});
