import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { locateFindings } from "../../../core/load/source-lines";
import { withOverrides } from "../../../core/model/override";
import type { Subject } from "../../../core/model/finding";
import type { Model } from "../../../core/model/model";
import { loadProject } from "../../../project";
import { temporaryFolder } from "../../machine/temporary-folder";

const root = resolve(__dirname, "../../..");
const project = loadProject(root);
const overridden: Model = {
  ...project,
  services: project.services.map((service) => withOverrides(service, { MCHighMailboxDepth: { for: "3m" } })),
};

function placeOf(folder: string, subject: Subject, model: Model): string {
  const [located] = locateFindings(folder, [{ check: "name-is-valid", severity: "error", subject, message: "x" }], model);
  assert.equal(located?.subject.name, subject.name);
  return `${located?.subject.file ?? ""}:${located?.subject.line ?? ""}`;
}

describe("a finding is located at the call that declares", () => {
  const rows: readonly (readonly [what: string, folder: string, name: string, file: string, text: string])[] = [
    ["a metric", "mc/metrics.ts", "mc_gc_heartbeat_total", "mc/metrics.ts", 'counter("mc_gc_heartbeat_total"'],
    ["a metric that every actor has", "mc/metrics.ts", "mc_actor_mailbox_depth", "mc/metrics.ts", "...actorMetrics("],
    [
      "an alert in another file of the folder",
      "mc/alerts.ts",
      "MCSlowMessageProcessing",
      "mc/actor-alerts.ts",
      'alert("MCSlowMessageProcessing',
    ],
    ["an alert that a template names", "mc/alerts.ts", "MCHighMemory", "mc/alerts.ts", "...workloadAlerts("],
    ["an alert of an objective", "gc/alerts.ts", "GCHttpAvailabilityBurnFast", "gc/index.ts", "service("],
    ["a panel", "mc/dashboards.ts", "mc-overview/joins", "mc/dashboards.ts", 'panel("joins"'],
    ["an objective", "gc/slos.ts", "gc-assignment", "gc/slos.ts", "gc-assignment"],
  ];
  for (const [what, folder, name, file, text] of rows)
    it(what, () => {
      const [path = "", line] = placeOf(root, { file: `services/${folder}`, name }, project).split(":");
      assert.equal(path, `services/${file}`);
      const lines = readFileSync(join(root, path), "utf8").split("\n");
      assert.ok(lines[Number(line) - 1]?.includes(text), `${path}:${line ?? ""} is ${lines[Number(line) - 1] ?? ""}`);
    });

  it("an alert that an environment overrides", () => {
    const subject = { file: "services/mc/alerts.ts", name: "MCHighMailboxDepth" };
    assert.equal(placeOf(root, subject, overridden), placeOf(root, subject, project));
  });
});

describe("a finding about what no call has declared is located", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "services", "ex"), { recursive: true });
  writeFileSync(join(folder, "services", "ex", "actor-alerts.ts"), '// EXDeep\nexport const a = [\n  alert("EXDeep", {}),\n];\n');
  writeFileSync(
    join(folder, "services", "ex", "dashboards.ts"),
    'const p = panel("depth", {});\nconst d = { uid: "ex-overview" };\n',
  );
  const rows: readonly (readonly [name: string, subject: Subject, place: string])[] = [
    [
      "in the file of the folder that declares its name",
      { file: "services/ex/alerts.ts", name: "EXDeep" },
      "services/ex/actor-alerts.ts:3",
    ],
    ["at its panel", { file: "services/ex/dashboards.ts", name: "ex-overview/depth" }, "services/ex/dashboards.ts:1"],
    ["at its dashboard", { file: "services/ex/dashboards.ts", name: "ex-overview" }, "services/ex/dashboards.ts:2"],
    ["nowhere else when no file has its name", { file: "services/ex/alerts.ts", name: "EXGone" }, "services/ex/alerts.ts:"],
    ["nowhere else when its folder is missing", { file: "services/none/alerts.ts", name: "EXDeep" }, "services/none/alerts.ts:"],
    ["where it is already", { file: "runbooks/ex/a.md", line: 7 }, "runbooks/ex/a.md:7"],
    ["where it is outside services/", { file: "Pulumi.dev.yaml", name: "EXDeep" }, "Pulumi.dev.yaml:"],
  ];
  for (const [name, subject, place] of rows)
    it(name, () => {
      assert.equal(placeOf(folder, subject, project), place);
    });
});
