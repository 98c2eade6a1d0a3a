import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { checks } from "../core/checks";
import { runChecks } from "../core/checks/check";
import { readMarkdown } from "../core/load/markdown";
import { describeServices } from "../machine/embedded/stack/summary";
import { runbookService } from "../core/model/runbook";
import { loadSettingDeclarations, loadStackFile } from "../core/load/stack-file";
import { locateFindings } from "../core/load/source-lines";
import { loadProject, prepareDeployment } from "../project";
import { renderFindings } from "../core/render/findings";
import { renderJourneyTable } from "../core/render/journey-table";
import { rewriteSettingsTable } from "../core/render/settings-table";
import { settingKeys } from "../settings";
import { loadDescriptions, rewriteCommandTable } from "../machine/terminal/command-table";

const root = resolve(__dirname, "..");
const packageFile = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
const readme = readFileSync(join(root, "README.md"), "utf8");

describe("the README", () => {
  it("lists every setting as Pulumi.yaml declares it", () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
    assert.deepEqual([...rows].sort(), [...settingKeys].sort());
    assert.equal(readme, rewriteSettingsTable(readme, loadSettingDeclarations(root)), "Run `npm run generate`.");
  });

  it("lists every command with its options, as their descriptions have them", () => {
    assert.equal(readme, rewriteCommandTable(readme, loadDescriptions(root)), "Run `npm run generate`.");
  });

  it("names only commands that exist", () => {
    const scripts = new Set(Object.keys(packageFile.scripts));
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, command]) => String(command));
    assert.deepEqual(
      named.filter((command) => !scripts.has(command)),
      [],
    );
  });

  it("links only to files that exist", () => {
    const links = readMarkdown("README.md", readme).links.flatMap(({ text }) => /^[^#:]+/.exec(text) ?? []);
    assert.deepEqual(
      links.filter((path) => !path.startsWith("http") && !existsSync(join(root, path))),
      [],
    );
  });

  it("shows the refusal that a reworded heading gets today", () => {
    const project = loadProject(root);
    const runbooks = project.runbooks.map(({ path, text }) =>
      readMarkdown(path, text.replace("## Scenario 2: Actor panics", "## Scenario 2: Actors panic")),
    );
    const mc = runbooks.map((document, index) =>
      document.path.startsWith("mc/") ? document : (project.runbooks[index] ?? document),
    );
    const { findings } = runChecks({ ...project, runbooks: mc }, checks);
    // Lines move with every edit above them.
    const withoutLines = (text: string): string => text.replace(/:\d+(, \d+)*(?= |$)/gm, "");
    const printed = renderFindings(locateFindings(root, findings, project));
    assert.ok(withoutLines(readme).includes(withoutLines(printed)), printed);
  });

  it("shows the journeys' budgets of today", () => {
    for (const journey of loadProject(root).journeys) {
      const table = renderJourneyTable(journey).replace(/^/gm, "  ");
      assert.ok(readme.includes(table), table);
    }
  });

  it("shows how many rules, alerts and dashboards there are today", () => {
    const loaded = loadStackFile(root, "dev");
    const prepared = prepareDeployment(loadProject(root), "dev", "value" in loaded ? loaded.value : {});
    assert.ok("value" in prepared);
    const { services, runbooks } = prepared.value.model;
    const deployed = Object.fromEntries(
      [...services]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, alerts, recordingRules, dashboards }) => [
          id,
          {
            alerts: alerts.map(({ name }) => name),
            recordingRules: recordingRules.length,
            dashboards: Object.fromEntries(dashboards.map(({ uid }) => [uid, ""])),
            runbooks: { files: runbooks.flatMap(({ path }) => (runbookService(path) === id ? [path] : [])) },
          },
        ]),
    );
    const lines = describeServices({ services: deployed }).join("\n");
    assert.ok(readme.includes(lines), `README.md, "What a deployment says", must hold these lines:\n${lines}`);
  });
});
