import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { provideBrowser } from "../machine/tools/browser";
import { provideEngine, provideTool } from "../machine/tools/engine";
import type { ToolContext } from "../machine/tools/provide-tool";
import { UserError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import type * as tools from "../tests/tools/needed-tools";

/** They start compilers, npm or Jest, many times over: minutes, where a unit test is to take none. */
const slow = ["tests/project.test.ts", "tests/library/", "tests/machine/terminal/npm-options.test.ts", "tests/reporter.test.ts"];

/** What is to be known of `test`. */
export const description = {
  name: "test",
  summary: "Builds what the tests need, then runs all of them, or those that the words choose.",
  words: [{ word: "<path>", help: "a part of the path of a test file", isRepeated: true }],
  options: {
    unit: {
      type: "boolean",
      help: "only those for which nothing has to be built, with the coverage of the rooms that are pure functions",
    },
  },
  examples: ["", "tests/rules", "--unit"],
} as const satisfies CommandDescription;

/** Runs the tests with Jest; `npm run test:unit` is the same with `--unit`. */
export async function main({ values, words }: CommandLine<typeof description>): Promise<number> {
  const projectRoot = resolve(__dirname, "..");
  const isUnit = values.unit === true;
  // Not before it runs: a copy of the project without its tests has this command all the same, to tell of it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
  const { neededTools } = require("../tests/tools/needed-tools") as typeof tools;
  const isUnitTest = (file: string): boolean =>
    !slow.some((path) => file.startsWith(path)) && neededTools([join(projectRoot, file)]).length === 0;
  const files = testFiles(projectRoot)
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .filter((file) => !isUnit || isUnitTest(file));
  if (files.length === 0) throw new UserError(`No test file has ${words.join(" or ")} in its path.`);
  const context = { projectRoot, note: (line: string): void => console.log(line) };
  const needing = files.filter((file) => neededTools([join(projectRoot, file)]).length > 0);
  const others = files.filter((file) => !needing.includes(file));
  const provided = provideAll(neededTools(needing.map((file) => join(projectRoot, file))), context);
  if (needing.length === 0) return runJest(projectRoot, [...others, ...(isUnit ? ["--coverage"] : [])]);
  if (others.length === 0) {
    await provided;
    return runJest(projectRoot, needing);
  }
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  const count = join(folder, "count.json");
  try {
    // Until the tools are there, the tests that need none of them.
    const [code] = await Promise.all([runJest(projectRoot, others, { TEST_COUNT_INTO: count }), provided]);
    return Math.max(code, await runJest(projectRoot, needing, { TEST_COUNT_FROM: count }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One after the other: they share most of their code, which Go compiles once. */
async function provideAll(needed: readonly tools.Tool[], context: ToolContext): Promise<void> {
  for (const tool of needed) await provide(tool, context);
}

function provide(tool: tools.Tool, context: ToolContext): Promise<unknown> {
  if (tool === "engine") return provideEngine(context);
  return tool === "browser" ? provideBrowser(context) : provideTool(tool, context);
}

function testFiles(projectRoot: string): readonly string[] {
  return readdirSync(join(projectRoot, "tests"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("tests", file).split(sep).join("/"))
    .sort();
}

function runJest(projectRoot: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<number> {
  const jest = require.resolve("jest/bin/jest");
  const child = spawn(process.execPath, [jest, "--runTestsByPath", ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "inherit", "inherit"],
  });
  // Else Jest would go on alone.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      done(code ?? 1);
    });
  });
}
