import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { CommandDescription } from "../machine/terminal/command";

/** What is to be known of `package`. */
export const description = {
  name: "package",
  summary: "Packs the library as dark-tower-observability-<version>.tgz, for other teams' programs.",
  options: {},
  examples: [""],
} as const satisfies CommandDescription;

/** Packs the library: npm compiles it first, with `compile-library`. */
export function main(): Promise<number> {
  const child = spawn("npm", ["pack", "./library", "--ignore-scripts=false"], {
    shell: process.platform === "win32", // npm is a batch file there
    cwd: resolve(__dirname, ".."),
    stdio: "inherit",
  });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => done(code ?? 1));
  });
}
