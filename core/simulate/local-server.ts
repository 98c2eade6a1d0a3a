import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A server to start. */
export interface ServerOptions {
  /** The path of prometheus or alertmanager. */
  readonly command: string;
  /** Where it runs: its configuration is written there. */
  readonly folder: string;
  readonly configuration: string;
  readonly args: readonly string[];
}

/** A Prometheus or Alertmanager on this machine. */
export interface LocalServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly stop: () => void;
}

/**
 * Starts Prometheus or Alertmanager on a free port of this machine, which it chooses itself.
 * @throws Error with what it says when it refuses its configuration.
 */
export async function startLocalServer({ command, folder, configuration, args }: ServerOptions): Promise<LocalServer> {
  const tool = basename(command);
  writeFileSync(join(folder, `${tool}.yml`), configuration);
  const child = spawn(command, [`--config.file=${tool}.yml`, "--web.listen-address=127.0.0.1:0", ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = (): void => void child.kill("SIGKILL");
  // However this process ends, the server does.
  process.once("exit", stop);
  child.once("exit", () => process.removeListener("exit", stop));
  let printed = "";
  const url = await new Promise<string>((done, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${tool} ended with code ${String(code)}. It says:\n${printed}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      printed = `${printed}${chunk.toString()}`.slice(-8000);
      const address = /msg="Listening on".* address=(\S+)/.exec(printed)?.[1];
      if (address !== undefined) done(`http://${address}`);
    });
  });
  return { url, stop };
}

/** Does something in a new folder, which is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
