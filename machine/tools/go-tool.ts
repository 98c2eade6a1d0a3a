import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../system/user-error";
import { cacheFolder } from "./cache-folder";
import { modulesFolder } from "./modules-folder";
import { fillOnce } from "../system/fill-once";
import { type ProgressDisplay, withProgress } from "../system/progress";

/** A tool pinned by `modules/<name>/go.mod`: the one place that says which version. */
export interface GoTool {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly minimumGo: string;
}

/** Where a tool is pinned, and where to say how its build goes. */
export interface BuildContext extends ProgressDisplay {
  readonly projectRoot: string;
}

const versionVariables: Readonly<Record<string, string>> = {
  pulumi: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
};

/** Roughly how long a build takes, one after the other as the tests ask for them: what they share is compiled once. */
const minutesToBuild: Readonly<Record<string, number>> = {
  pulumi: 4,
  promtool: 3,
  prometheus: 1,
  alertmanager: 1,
  actionlint: 1,
  "kubectl-validate": 3,
};
const longestBuild = Math.max(...Object.values(minutesToBuild));

/** Reads what a go.mod pins: its `tool` line, and the version of the module that this tool is part of. */
export function parseGoMod(name: string, text: string): GoTool {
  const tool = /^tool\s+(\S+)/m.exec(text)?.[1];
  const minimumGo = /^go\s+(\S+)/m.exec(text)?.[1];
  if (tool === undefined || minimumGo === undefined) throw new Error(`modules/${name}/go.mod has no "tool" or no "go" line.`);
  const required = [...text.matchAll(/^\s*(?:require\s+)?(\S+)\s+(v\S+)/gm)].map(([, module = "", version = ""]) => ({
    module,
    version,
  }));
  const owner = required
    .filter(({ module }) => `${tool}/`.startsWith(`${module}/`))
    .sort((a, b) => b.module.length - a.module.length)[0];
  if (!owner) throw new Error(`modules/${name}/go.mod requires no module of ${tool}.`);
  return { name, package: tool, version: owner.version, minimumGo };
}

/** Reads what `modules/<name>/go.mod` of a project pins. */
export function readGoTool(projectRoot: string, name: string): GoTool {
  return parseGoMod(name, readFileSync(join(modulesFolder(projectRoot), name, "go.mod"), "utf8"));
}

/** Builds a tool from its pinned module, whose sources Go checks against go.sum, into `<folder>/bin`. */
export async function buildGoTool(tool: GoTool, folder: string, context: BuildContext): Promise<void> {
  const { name, version } = tool;
  const { projectRoot, note } = context;
  requireGo(tool, projectRoot);
  const minutes = minutesToBuild[name] ?? longestBuild;
  const about = `about ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  note(`Building ${name} ${version} from source, once (${about}) …`);
  const started = Date.now();
  await fillOnce(folder, async (unfinished) => {
    mkdirSync(join(unfinished, "bin"));
    const args = [
      "build",
      "-trimpath",
      "-buildvcs=false",
      ...versionFlags(tool),
      "-o",
      join(unfinished, "bin", name),
      tool.package,
    ];
    await withProgress(
      (seconds) => `  building ${name}, ${seconds} s of ${about}`,
      context,
      () => runGo(args, tool, projectRoot),
    );
  });
  note(`Built ${name} ${version} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function versionFlags({ name, version }: GoTool): string[] {
  const variable = versionVariables[name];
  return ["-ldflags", ["-s -w", ...(variable === undefined ? [] : [`-X ${variable}=${version}`])].join(" ")];
}

function runGo(args: readonly string[], { name }: GoTool, projectRoot: string): Promise<void> {
  const child = spawn("go", [...args], {
    cwd: join(modulesFolder(projectRoot), name),
    env: goEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let printed = "";
  child.stderr.on("data", (chunk: Buffer) => (printed = `${printed}${chunk.toString()}`.slice(-4000)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new UserError(`Building ${name} failed. "go build" says:\n${printed.trim()}`)),
    );
  });
}

// The version is asked for in the tool's folder: there, a Go that may fetch a newer toolchain answers with that one.
function requireGo({ name, minimumGo }: GoTool, projectRoot: string): void {
  const { stdout, error } = spawnSync("go", ["version"], {
    cwd: join(modulesFolder(projectRoot), name),
    env: goEnvironment(),
    encoding: "utf8",
  });
  const found = error ? undefined : /go(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1];
  if (found !== undefined && !isOlder(found, minimumGo)) return;
  const have = found === undefined ? "There is no Go on the PATH" : `Go ${found} is too old`;
  throw new UserError(
    `${have}: ${name} is built from source, once, and needs Go ${minimumGo} or newer. Install it from https://go.dev/dl and try again.`,
  );
}

/** Whether one dotted version number comes before another. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) =>
    text
      .replace(/^v/, "")
      .split(".")
      .map((part) => Number.parseInt(part, 10)),
  );
  const index = [0, 1, 2].find((position) => (left?.[position] ?? 0) !== (right?.[position] ?? 0));
  return index !== undefined && (left?.[index] ?? 0) < (right?.[index] ?? 0);
}

// Go refuses to work when it cannot tell where its caches are.
function goEnvironment(): NodeJS.ProcessEnv {
  const go = join(cacheFolder(), "go");
  const homeless = process.env["HOME"] ? {} : { GOPATH: go, GOCACHE: join(go, "build") };
  return { CGO_ENABLED: "0", ...homeless, ...process.env, GOWORK: "off" };
}
