import { execFileSync, fork } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { RunRequest, RunResult } from "../engine/scratch-project";

const projectRoot = resolve(__dirname, "../..");

/** Where a test changes the example that other teams start from. */
export interface ExampleProgram {
  readonly root: string;
  /** The package that it has installed. */
  readonly tarball: string;
  /** Runs a command there as a person would, and returns what it prints. */
  readonly run: (command: string, ...args: readonly string[]) => string;
  readonly read: (file: string) => string;
  readonly edit: (file: string, change: (text: string) => string) => void;
  /** Deploys it to the embedded target with the real engine, in a process of its own. */
  readonly up: () => Promise<RunResult>;
  readonly remove: () => void;
}

/** A copy of examples/one-service, outside the project, with the library packed from the working tree and installed. */
export function installExample(): ExampleProgram {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "one-service-")));
  cpSync(join(projectRoot, "examples", "one-service"), root, { recursive: true });
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { cwd: root, encoding: "utf8", env: ownEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  const packed = run("npm", "pack", join(projectRoot, "library"), "--loglevel=error").trim().split("\n").at(-1) ?? "";
  run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error");
  return {
    root,
    tarball: join(root, packed),
    run,
    read: (file) => readFileSync(join(root, file), "utf8"),
    edit: (file, change) => writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8"))),
    up: () => up({ projectRoot: root, toolsRoot: projectRoot, stackName: "dev", operation: "up" }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function up(request: RunRequest): Promise<RunResult> {
  const child = fork(join(projectRoot, "tests", "engine", "run-stack.ts"), {
    execArgv: ["--require", join(projectRoot, "local", "typescript-hook.cjs")],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("message", (result: RunResult) => done(result));
    child.once("exit", (code) => reject(new Error(`The deployment ended with code ${String(code)} and no result.`)));
    child.send(request);
  });
}

/** Without what npm and the test runner tell the processes that they start. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const theirs = /^(npm_(package|lifecycle)_|npm_config_local_prefix$|NODE_TEST_CONTEXT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}
