import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { locateFindings } from "../../../core/load/source-lines";
import type { Subject } from "../../../core/model/finding";

const root = mkdtempSync(join(tmpdir(), "source-lines-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

mkdirSync(join(root, "services", "ex"), { recursive: true });
writeFileSync(join(root, "services", "ex", "actor-alerts.ts"), '// EXDeep\nexport const a = [\n  alert("EXDeep", {}),\n];\n');
writeFileSync(
  join(root, "services", "ex", "dashboards.ts"),
  'const p = panel("depth", {});\nconst d = { uid: "ex-overview" };\n',
);

describe("a finding is located", () => {
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
  for (const [name, subject, place] of rows) {
    it(name, () => {
      const [located] = locateFindings(root, [{ check: "name-is-valid", severity: "error", subject, message: "x" }]);
      assert.equal(`${located?.subject.file ?? ""}:${located?.subject.line ?? ""}`, place);
      assert.equal(located?.subject.name, subject.name);
    });
  }
});
