import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { provideEngine, provideTool } from "../local/engine";
import { UserError } from "../local/user-error";
import { neededTools } from "../tests/tools/needed-tools";

/** They run compiler, linter or formatter over the whole project: each is a command of its own for whoever is at work. */
const wholeProject = ["tests/project.test.ts", "tests/library/"];

/**
 * `npm test [-- word …]`: builds what the tests need, then runs all tests, or those whose path contains one of the words.
 * `npm run test:unit`: those for which nothing has to be built, with the coverage of the rooms that are pure functions.
 */
export async function main(args: string[]): Promise<number> {
  const projectRoot = resolve(__dirname, "..");
  const isUnit = args.includes("--unit");
  const words = args.filter((arg) => arg !== "--unit");
  const files = testFiles(projectRoot)
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .filter((file) => !isUnit || isUnitTest(projectRoot, file));
  if (files.length === 0) throw new UserError(`No test file has ${words.join(" or ")} in its path.`);
  const context = { projectRoot, note: (line: string): void => console.log(line) };
  // One after the other: they share most of their code, which Go compiles once.
  for (const tool of neededTools(files.map((file) => join(projectRoot, file))))
    await (tool === "engine" ? provideEngine(context) : provideTool(tool, context));
  return runJest(projectRoot, ["--runTestsByPath", ...files, ...(isUnit ? ["--coverage"] : [])]);
}

function isUnitTest(projectRoot: string, file: string): boolean {
  return !wholeProject.some((path) => file.startsWith(path)) && neededTools([join(projectRoot, file)]).length === 0;
}

function testFiles(projectRoot: string): readonly string[] {
  return readdirSync(join(projectRoot, "tests"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("tests", file).split(sep).join("/"))
    .sort();
}

function runJest(projectRoot: string, args: readonly string[]): Promise<number> {
  const jest = require.resolve("jest/bin/jest");
  const child = spawn(process.execPath, [jest, ...args], { cwd: projectRoot, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      done(code ?? 1);
    });
  });
}
