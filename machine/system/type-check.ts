import { spawn } from "node:child_process";
import { join } from "node:path";
import { readIfPresent, writeAtomically } from "./atomic-file";
import { findFiles, hashFiles } from "./program-inputs";
import { UserError } from "./user-error";

/** Refuses a program with type errors, as the official CLI does. Runs the compiler only when a source changed since the last success. */
export async function requireTypes(projectRoot: string, note: (line: string) => void): Promise<void> {
  const stamp = join(projectRoot, ".cache", "types-checked");
  const hash = hashSources(projectRoot);
  if (readIfPresent(stamp) === hash) return;
  note("Checking types …");
  const { code, printed } = await compile(projectRoot);
  if (code !== 0) throw new UserError(`${printed.trim()}\nThe program has type errors. Nothing was deployed.`);
  writeAtomically(stamp, hash);
}

/** What the compiler says of the program; empty when it has no type errors. */
export async function findTypeErrors(projectRoot: string): Promise<string> {
  const { printed } = await compile(projectRoot);
  return printed.trim();
}

function compile(projectRoot: string): Promise<{ code: number | null; printed: string }> {
  const tsc = require.resolve("typescript/bin/tsc");
  const child = spawn(
    process.execPath,
    [tsc, "--noEmit", "--pretty", "false", "-p", join(projectRoot, "tsconfig.program.json")],
    {
      cwd: projectRoot,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, printed }));
  });
}

function hashSources(projectRoot: string): string {
  const sources = findFiles(projectRoot).filter((path) => path.endsWith(".ts"));
  return hashFiles(projectRoot, [...sources, "tsconfig.json", "tsconfig.program.json", "package-lock.json"]);
}
