// Compiles what `npm pack ./library` packs, without what an earlier run left.
import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const library = dirname(fileURLToPath(import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

rmSync(join(library, "dist"), { recursive: true, force: true });
execFileSync(process.execPath, [compiler, "-p", join(library, "..", "tsconfig.library.json")], { stdio: "inherit" });
copyFileSync(join(library, "..", "LICENSE"), join(library, "dist", "LICENSE"));
