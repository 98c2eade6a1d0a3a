import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalServer } from "../../core/simulate/local-server";
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
  const folder = mkdtempSync(join(tmpdir(), "inhibition-"));
  atTestEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** Starts Prometheus or Alertmanager, until the test ends; answers with its address. */
export async function startServer({ tool, ...options }: ServerOptions): Promise<string> {
  const { url, stop } = await startLocalServer({ ...options, command: await tools[tool]() });
  atTestEnd(stop);
  return url;
}

/** What a server answers, as JSON. */
export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}
