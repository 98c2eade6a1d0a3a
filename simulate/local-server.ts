import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A server to start. */
export interface ServerOptions {
  /** The path of prometheus or alertmanager. */
  readonly command: string;
  readonly configuration: string;
  readonly args: readonly string[];
}

/** A Prometheus or Alertmanager on this machine. */
export interface LocalServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where it stores what it knows, and where its configuration lies. */
  readonly folder: string;
  /** Ends it, and removes its folder. */
  readonly stop: () => void;
}

/**
 * Starts Prometheus or Alertmanager on a free port of this machine, in a folder of its own.
 * @throws Error with what it says when it refuses its configuration.
 */
export async function startLocalServer({ command, configuration, args }: ServerOptions): Promise<LocalServer> {
  const tool = basename(command);
  const folder = mkdtempSync(join(tmpdir(), `${tool}-`));
  writeFileSync(join(folder, `${tool}.yml`), configuration);
  const child = spawn(command, [`--config.file=${tool}.yml`, "--web.listen-address=127.0.0.1:0", ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // However this process ends, the server does.
  const end = (): void => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));
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
  return { url, folder, stop: end };
}
