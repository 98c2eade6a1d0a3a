import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import type { RunResult } from "../engine/operation-process";
import { startOperation } from "../engine/scratch-project";
import { toolsRoot } from "../tools/engine";
import { promtool } from "../tools/promtool";

const projectRoot = resolve(__dirname, "../..");

/** Where a test changes the example that other teams start from. */
export interface ExampleProgram {
  readonly root: string;
  /** The folder of what is deployed. */
  readonly deployed: string;
  /** The package as it is installed there: the tarball's files. */
  readonly installed: string;
  /** Runs a command there as a person would, and returns what it prints. */
  readonly run: (command: string, ...args: readonly string[]) => string;
  readonly read: (file: string) => string;
  readonly edit: (file: string, change: (text: string) => string) => void;
  /** Deploys it to the embedded target with the real engine, in a process of its own. */
  readonly up: () => Promise<RunResult>;
  readonly remove: () => void;
}

/**
 * A copy of an example, outside the project, with the library packed from the working tree and installed, and
 * promtool on its PATH.
 */
export async function installExample(name: "one-service" | "two-services"): Promise<ExampleProgram> {
  const tools = dirname(await promtool());
  const root = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  cpSync(join(projectRoot, "examples", name), root, { recursive: true });
  const run = (command: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: root,
      encoding: "utf8",
      env: ownEnvironment(tools),
      stdio: ["ignore", "pipe", "pipe"],
    });
    // What a compiler finds stands in its standard output.
    if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${String(status)}:\n${stdout}${stderr}`);
    return stdout;
  };
  run("npm", "pack", join(projectRoot, "library"), "--ignore-scripts=false", "--loglevel=error");
  run("npm", "install", "--include=dev", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error");
  shareSdk(root);
  return {
    root,
    deployed: join(root, ".local", "dev", "deployed"),
    installed: join(root, "node_modules", "@dark-tower", "observability"),
    run,
    read: (file) => readFileSync(join(root, file), "utf8"),
    edit: (file, change) => writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8"))),
    up: () => startOperation({ projectRoot: root, toolsRoot, stackName: "dev", operation: "up" }).ended,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

// The embedded target runs the program in its own process, where a resource finds the engine through the one copy of the SDK.
function shareSdk(root: string): void {
  const sdk = join("node_modules", "@pulumi", "pulumi");
  rmSync(join(root, sdk), { recursive: true, force: true });
  symlinkSync(join(projectRoot, sdk), join(root, sdk), "junction");
}

/** Without what npm and the test runner tell the processes that they start; with a folder of tools. */
function ownEnvironment(tools: string): NodeJS.ProcessEnv {
  const theirs = /^(npm_(package|lifecycle)_|npm_config_local_prefix$|NODE_ENV$|JEST_)/;
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
  return { ...own, PATH: [tools, own["PATH"]].join(delimiter) };
}
