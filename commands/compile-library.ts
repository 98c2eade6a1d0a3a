import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CommandDescription } from "../machine/terminal/command";

/** What is to be known of `compile-library`. */
export const description = {
  name: "compile-library",
  summary: "Compiles the library, before npm packs it.",
  options: {},
  examples: [],
  isInternal: true,
} as const satisfies CommandDescription;

/** Before `npm pack ./library` packs: compiles it, without what an earlier run left. */
export function main(): Promise<number> {
  const root = join(__dirname, "..");
  const library = join(root, "library");
  rmSync(join(library, "dist"), { recursive: true, force: true });
  copyFileSync(join(root, "LICENSE"), join(library, "LICENSE"));
  const compiler = [require.resolve("typescript/bin/tsc"), "-p", join(root, "tsconfig.library.json")];
  const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
  return Promise.resolve(status ?? 1);
}
