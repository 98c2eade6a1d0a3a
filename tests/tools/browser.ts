import { chromium, type Browser } from "playwright-core";
import { provideBrowser } from "../../machine/tools/browser";
import { buildContext } from "./build-context";

/** Starts the browser, for a test that looks at pages. Whoever starts it closes it. */
export async function browser(): Promise<Browser> {
  const { command, environment } = await provideBrowser(buildContext);
  return chromium.launch({
    executablePath: command,
    env: { ...definedOf(process.env), ...environment },
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], // in a container there are neither
  });
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
