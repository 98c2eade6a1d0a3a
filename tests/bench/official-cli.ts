import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedProviders, ProviderSupply } from "../../machine/embedded/provider/provider-process";
import { serveLanguageHost } from "../engine/language-host";
import { medianOfThree, timeProcess } from "./timing";

/** Runs `pulumi up` of a project with the CLI itself, on a folder as backend, with the providers of the embedded target; all in seconds. */
export async function timeOfficialCli(root: string, command: string, stackName: string): Promise<{ readonly nothing: number }> {
  const outside = mkdtempSync(join(tmpdir(), "dark-tower-cli-"));
  const host = await serveLanguageHost();
  const providers = await new ProviderSupply(embeddedProviders, join(outside, "target")).take();
  mkdirSync(join(outside, "backend"));
  const env = {
    PULUMI_HOME: join(outside, "home"),
    PULUMI_BACKEND_URL: `file://${join(outside, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: providers.debugProviders,
    PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}`,
  };
  const run = (...args: readonly string[]): Promise<number> =>
    timeProcess(command, [...args, "--stack", stackName, "--non-interactive"], { cwd: root, env });
  try {
    await run("stack", "init");
    await run("up", "--yes", "--skip-preview");
    return { nothing: await medianOfThree(() => run("up", "--yes")) };
  } finally {
    providers.stop();
    host.stop();
    rmSync(outside, { recursive: true });
  }
}
