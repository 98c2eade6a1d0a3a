import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { provideTool } from "../local/engine";

const projectRoot = resolve(__dirname, "..");

/** A server to start, with a configuration file and whatever else lies beside it. */
export interface ServerOptions {
  readonly tool: "prometheus" | "alertmanager";
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
 * Starts the pinned Prometheus or Alertmanager on a free port of this machine, in a folder of its own.
 * @throws Error with what it says when it refuses its configuration.
 */
export async function startLocalServer({ tool, configuration, args }: ServerOptions): Promise<LocalServer> {
  const command = await provideTool(tool, { projectRoot, note: console.log });
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
