import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { neededTools, type Tool } from "./needed-tools";

const root = resolve(__dirname, "../..");

describe("the tools that test files need", () => {
  const rows: readonly (readonly [files: readonly string[], tools: readonly Tool[]])[] = [
    [["tests/core/model/duration.test.ts"], []],
    [["tests/core/load/markdown.test.ts", "tests/core/checks/privacy-is-kept.test.ts"], []],
    [["tests/workflows.test.ts"], ["actionlint"]],
    [["tests/rules.test.ts"], ["promtool"]],
    [["tests/machine/gate/command.test.ts"], ["prometheus"]],
    [["tests/library/entry-point.test.ts"], []],
    [["tests/site/every-link.test.ts"], ["browser"]],
    [["tests/engine/preview.test.ts"], ["engine"]],
    [["tests/library/example.test.ts"], ["engine", "promtool"]],
    [["tests/core/simulate/incidents-live.test.ts"], ["prometheus", "alertmanager"]],
    [
      ["tests/rules.test.ts", "tests/engine/secrets.test.ts"],
      ["engine", "promtool"],
    ],
  ];
  for (const [files, tools] of rows)
    it(`are ${tools.join(", ") || "none"} for ${files.join(" and ")}`, () => {
      assert.deepEqual(neededTools(files.map((file) => join(root, file))), tools);
    });
});
