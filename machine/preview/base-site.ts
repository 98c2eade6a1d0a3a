import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, sep } from "node:path";
import type { Files } from "../../core/site/content";
import { imageTypes } from "../../core/site/image-file";

/** By a commit's own command, as `npm run site` starts it, but with the packages that are found from its folder. */
const runSite = `
  require("./machine/system/typescript-hook.cjs");
  require("./machine/terminal/run-command.ts")
    .runCommand(require("./commands/site.ts"), process.argv.slice(1))
    .then((code) => process.exit(code));
`;

/** The site of a stack as the code of an earlier commit writes it. Nothing when it cannot, or had no site: that is told. */
export async function makeBaseSite(projectRoot: string, stack: string, note: (line: string) => void): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), "dark-tower-site-"));
  try {
    const { code, printed } = await run(projectRoot, ["--out", folder, "--stack", stack]);
    if (code === 0) return readSite(folder);
    note(`The site of the base could not be made, so nothing leads to it. ${printed.trim().split("\n").at(-1) ?? ""}`);
    return new Map();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(cwd: string, args: readonly string[]): Promise<{ readonly code: number | null; readonly printed: string }> {
  const child = spawn(process.execPath, ["-e", runSite, "--", ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let printed = "";
  child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => done({ code, printed }));
  });
}

function readSite(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && !entry.name.startsWith(".")
      ? [
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .split(sep)
            .join("/"),
        ]
      : [],
  );
  return new Map(
    names.sort().map((name): [string, string | Uint8Array] => {
      const isBinary = Object.hasOwn(imageTypes, extname(name).slice(1)) && !name.endsWith(".svg");
      return [name, readFileSync(join(folder, name), isBinary ? undefined : "utf8")];
    }),
  );
}
