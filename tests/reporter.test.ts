import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { temporaryFolder } from "./machine/temporary-folder";

const root = resolve(__dirname, "..");

/** Without what `npm test` tells its own runs. */
const alone = { TEST_COUNT_FROM: undefined, TEST_COUNT_INTO: undefined };

/** Runs Jest on these test files, as `npm test` does. */
function run(
  files: Readonly<Record<string, string>>,
  variables: NodeJS.ProcessEnv = {},
): { readonly code: number | null; readonly lines: readonly string[] } {
  const rootDir = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(rootDir, name), text);
  const config = { rootDir, transform: {}, reporters: [join(root, "tests", "reporter.mjs")] };
  const { status, stdout } = spawnSync(
    process.execPath,
    [require.resolve("jest/bin/jest"), "--config", JSON.stringify(config), "--passWithNoTests"],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...alone, ...variables } },
  );
  return { code: status, lines: stdout.trimEnd().split("\n") };
}

describe("the last line of npm test", () => {
  const rows: readonly (readonly [name: string, text: string, last: string, code: number])[] = [
    [
      "counts tests, not the groups that they are in",
      'describe("a", () => { it("b", () => {}); it("c", () => {}); });',
      "2 passed, 0 failed",
      0,
    ],
    ["counts a test that fails", 'it("a", () => {}); it("b", () => { throw new Error("no"); });', "1 passed, 1 failed", 1],
    [
      "counts every test whose hook fails",
      'beforeAll(() => { throw new Error("no"); }); it("a", () => {}); it("b", () => {});',
      "0 passed, 2 failed",
      1,
    ],
    ["counts a test that is skipped as failed", 'it("a", () => {}); it.skip("b", () => {});', "1 passed, 1 failed", 1],
    [
      "counts what is not run because another test is focused on",
      'it.only("a", () => {}); it("b", () => {});',
      "1 passed, 1 failed",
      1,
    ],
    ["counts a file that cannot be loaded as one failure", 'require("./nowhere"); it("a", () => {});', "0 passed, 1 failed", 1],
    ["counts a file without a test as one failure", "", "0 passed, 1 failed", 1],
  ];
  for (const [name, text, last, code] of rows)
    it(name, () => {
      const { lines, code: exitCode } = run({ "one.test.js": text });
      assert.equal(lines.at(-1), last, lines.join("\n"));
      assert.equal(exitCode, code);
    });

  it("is a failure when no test was run at all", () => {
    const { lines, code } = run({});
    assert.equal(lines.at(-1), "0 passed, 0 failed");
    assert.equal(code, 1);
  });

  it("is that of the second run where there are two, with what the first one counted", () => {
    const failing = 'it("a", () => {}); it("b", () => { throw new Error("the reason"); });';
    const count = join(temporaryFolder(), "count.json");
    const first = run({ "one.test.js": failing }, { TEST_COUNT_INTO: count });
    assert.equal(first.code, 1);
    assert.ok(!first.lines.some((line) => /\d+ (passed|failed)/.test(line)), first.lines.join("\n"));
    const second = run({ "two.test.js": 'it("c", () => {});' }, { TEST_COUNT_FROM: count });
    assert.equal(second.code, 1);
    assert.equal(second.lines.at(-1), "2 passed, 1 failed");
    assert.ok(second.lines.includes("    Error: the reason"), second.lines.join("\n"));
    rmSync(count);
    assert.equal(run({ "two.test.js": 'it("c", () => {});' }, { TEST_COUNT_FROM: count }).lines.at(-1), "1 passed, 1 failed");
  });

  it("comes after each failure, told when it happens and whole at the end", () => {
    const { lines } = run({ "one.test.js": 'describe("a", () => { it("b", () => { throw new Error("the reason"); }); });' });
    assert.equal(lines.filter((line) => line === "✗ one.test.js a › b").length, 2);
    assert.ok(lines.includes("    Error: the reason"), lines.join("\n"));
  });
});
