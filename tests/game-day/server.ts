import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { provideTool } from "../../local/engine";

const projectRoot = resolve(__dirname, "../..");

/** A test that ends what it started, however it ends. */
export interface Test {
  after(end: () => void): void;
}

/** A server to start in a folder of its own, with a configuration file. */
export interface ServerOptions {
  readonly tool: "prometheus" | "alertmanager";
  readonly folder: string;
  readonly configuration: string;
  readonly args: readonly string[];
}

/** A folder that is gone when the test is. */
export function testFolder(test: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "game-day-"));
  test.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** Starts Prometheus or Alertmanager on a free port of this machine, which it chooses itself, and answers with its address. */
export async function startServer(test: Test, { tool, folder, configuration, args }: ServerOptions): Promise<string> {
  const command = await provideTool(tool, { projectRoot, note: console.log });
  writeFileSync(join(folder, `${tool}.yml`), configuration);
  const child = spawn(command, [`--config.file=${tool}.yml`, "--web.listen-address=127.0.0.1:0", ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithTest(test, child);
  let printed = "";
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${tool} ended with code ${String(code)}. It says:\n${printed}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      printed = `${printed}${chunk.toString()}`.slice(-8000);
      const address = /msg="Listening on".* address=(\S+)/.exec(printed)?.[1];
      if (address !== undefined) done(`http://${address}`);
    });
  });
}

function endWithTest(test: Test, child: ChildProcess): void {
  const end = (): void => void child.kill("SIGKILL");
  // A test process that is itself ended, or fails outside a test, calls no `after`.
  const interrupted = (): never => process.exit(1);
  process.once("exit", end);
  process.once("SIGTERM", interrupted);
  child.once("exit", () => {
    process.removeListener("exit", end);
    process.removeListener("SIGTERM", interrupted);
  });
  test.after(end);
}

/** What a server answers, as JSON. */
export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}
