import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

/** Which module serves which provider: each exports `createProvider(target)`. */
export interface ProviderModules {
  readonly kubernetes: string;
  readonly grafana: string;
}

/** The two providers of the embedded target. */
export const embeddedProviders: ProviderModules = {
  kubernetes: join(__dirname, "..", "kubernetes", "provider.ts"),
  grafana: join(__dirname, "..", "grafana", "provider.ts"),
};

/** Providers that are running, as the engine is told of them, and how to end them. */
export interface RunningProviders {
  readonly debugProviders: string;
  readonly stop: () => void;
}

/** Hands out providers: fresh ones to each who asks, the first ones started beforehand, because starting takes a moment. */
export class ProviderSupply {
  private next: Promise<RunningProviders> | undefined;

  constructor(
    private readonly modules: ProviderModules,
    private readonly target: string,
  ) {
    this.next = startProviders(modules, target);
    // Reported to whoever takes them; until then nobody listens.
    this.next.catch(() => undefined);
  }

  take(): Promise<RunningProviders> {
    const taken = this.next ?? startProviders(this.modules, this.target);
    this.next = undefined;
    return taken;
  }

  async close(): Promise<void> {
    const unused = this.next;
    this.next = undefined;
    await unused?.then(({ stop }) => stop()).catch(() => undefined);
  }
}

/** Starts one process for all providers, which ends with this one, whatever ends this one. */
async function startProviders(modules: ProviderModules, target: string): Promise<RunningProviders> {
  const child = startProcess(modules, target);
  const stop = (): void => void child.kill();
  try {
    const port = await readPort(child);
    const addresses = Object.keys(modules).map((name) => `${name}:${port}`);
    return { debugProviders: addresses.join(","), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function startProcess(modules: ProviderModules, target: string): ChildProcess {
  const hook = join(__dirname, "..", "..", "system", "typescript-hook.cjs");
  const served = Object.entries(modules).map(([name, module]) => `${name}=${String(module)}`);
  return spawn(process.execPath, ["--require", hook, join(__dirname, "provider-main.ts"), target, ...served], {
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that Ctrl-C reaches the engine, which then ends in order, and not the providers that it needs for that.
    detached: true,
  });
}

function readPort(child: ChildProcess): Promise<string> {
  // The SDK's server also prints the errors that it passes to the engine; they would appear twice.
  let printed = "";
  child.stderr?.on("data", (chunk: Buffer) => (printed = `${printed}${chunk.toString()}`.slice(-4000)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`The providers ended with code ${String(code)} before they were ready.\n${printed}`));
    });
    if (child.stdout) createInterface(child.stdout).once("line", resolve);
  });
}
