import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atTestEnd } from "../at-test-end";
import { alertmanager } from "../tools/alertmanager";
import { prometheus } from "../tools/prometheus";

const tools = { prometheus, alertmanager };

/** A server to start in a folder of its own, with a configuration file. */
export interface ServerOptions {
  readonly tool: keyof typeof tools;
  readonly folder: string;
  readonly configuration: string;
  readonly args: readonly string[];
}

/** A folder that is gone when the test is. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "game-day-"));
  atTestEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** Starts Prometheus or Alertmanager on a free port of this machine, which it chooses itself, and answers with its address. */
export async function startServer({ tool, folder, configuration, args }: ServerOptions): Promise<string> {
  const command = await tools[tool]();
  writeFileSync(join(folder, `${tool}.yml`), configuration);
  const child = spawn(command, [`--config.file=${tool}.yml`, "--web.listen-address=127.0.0.1:0", ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithTest(child);
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

function endWithTest(child: ChildProcess): void {
  const end = (): void => void child.kill("SIGKILL");
  // A test process that is itself ended reaches no end of a test.
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  atTestEnd(end);
}

/** What a server answers, as JSON. */
export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}
