import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { provideEngine, provideTool, testTools } from "../local/engine";
import { UserError } from "../local/user-error";

/** `npm test [-- path …]`: builds what the tests need, then runs all tests, or those whose path contains one of the words. */
export async function main(args: string[]): Promise<number> {
  const projectRoot = resolve(__dirname, "..");
  const files = testFiles(projectRoot).filter((file) => args.length === 0 || args.some((word) => file.includes(word)));
  if (files.length === 0) throw new UserError(`No test file has ${args.join(" or ")} in its path.`);
  const context = { projectRoot, note: (line: string): void => console.log(line) };
  await provideEngine(context);
  // One after the other: they share most of their code, which Go compiles once.
  for (const tool of testTools) await provideTool(tool, context);
  return runTests(projectRoot, files);
}

function testFiles(projectRoot: string): readonly string[] {
  return readdirSync(join(projectRoot, "tests"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("tests", file).split(sep).join("/"))
    .sort();
}

function runTests(projectRoot: string, files: readonly string[]): Promise<number> {
  const node = [
    "--require",
    "./local/typescript-hook.cjs",
    "--test",
    "--test-concurrency=2",
    "--test-reporter=./tests/reporter.mjs",
  ];
  const child = spawn(process.execPath, [...node, ...files], { cwd: projectRoot, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      done(code ?? 1);
    });
  });
}
