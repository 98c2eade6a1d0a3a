import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

const packageFile = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });

/** Runs the executable of an installed package in the project, with its words on this terminal. Returns its exit code. */
export function runTool(projectRoot: string, packageName: string, args: readonly string[]): Promise<number> {
  const load = createRequire(join(projectRoot, "package.json"));
  const file = load.resolve(`${packageName}/package.json`);
  const { bin } = packageFile.parse(load(file));
  const script = typeof bin === "string" ? bin : (bin[packageName] ?? "");
  const child = spawn(process.execPath, [join(dirname(file), script), ...args], { cwd: projectRoot, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
