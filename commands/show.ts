import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Files, Plots } from "../core/site/content";
import { renderSite } from "../core/site/site";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { readUrl } from "../machine/terminal/option-values";
import { askLive } from "../machine/show/live-panel";
import { loadSiteAssets } from "../core/load/site-assets";
import { playSituations } from "../machine/show/play-situations";
import { serveSite, type SiteServer } from "../machine/show/serve";
import { localAddresses } from "../machine/show/stack-addresses";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { stackOption } from "../machine/terminal/stack-option";
import { onTerminal } from "../machine/terminal/terminal";
import { requireContent } from "../machine/show/require-content";
import { loadSiteContent } from "../site-content";

/** What is to be known of `show`. */
export const description = {
  name: "show",
  summary: "Shows everything that a stack deploys in a browser, on this machine alone, at the addresses that its alerts carry.",
  options: {
    stack: { ...stackOption("the stack to show"), default: "dev" },
    prometheus: { type: "string", value: "<URL>", help: "draw the panels from this Prometheus, in place of the situations" },
    "without-plots": { type: "boolean", help: "play no situations: everything but the plots is there at once" },
    open: { type: "boolean", help: "open it in the browser" },
  },
  examples: ["", "--open", "--stack prod --prometheus http://localhost:9090"],
} as const satisfies CommandDescription;

/** Serves the site of a stack until somebody stops it. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { stack, prometheus, open = false, "without-plots": withoutPlots = false } = values;
  const projectRoot = resolve(__dirname, "..");
  requireStack(projectRoot, stack);
  const url = prometheus === undefined ? undefined : readUrl("--prometheus", prometheus);
  const note = (line: string): void => console.log(line);
  const content = requireContent(stack, loadSiteContent(projectRoot, stack));
  const assets = loadSiteAssets();
  const render = (plots: Plots): Files => renderSite({ ...content, plots }, assets);
  let files = render(url === undefined ? waiting(withoutPlots) : { type: "live", prometheus: new URL(url).host });
  const { ports, ...paths } = localAddresses(content.environment);
  const served = {
    ...paths,
    files: () => files,
    ...(url !== undefined && { askLive: (panel: string) => askLive(content.model, url, panel) }),
  };
  return onTerminal(async ({ signal }) => {
    const servers: SiteServer[] = [];
    for (const { port, settings } of ports) {
      const server = await serveSite(port, served);
      if (server) servers.push(server);
      else
        note(
          `Port ${port} is taken, or not yours: the addresses of ${settings.join(" and ")} in the stack ${stack} lead to whoever has it.`,
        );
    }
    if (servers.length === 0) servers.push(...[await serveSite(0, served)].flatMap((server) => server ?? []));
    const address = `http://localhost:${servers[0]?.port ?? 0}/`;
    note(
      `The stack ${stack} is shown at ${address}${ports.length > 0 && servers.length === ports.length ? ", where its alerts lead" : ""}. Ctrl-C ends it.`,
    );
    if (open) openBrowser(address, note);
    if (url === undefined && !withoutPlots) {
      const plots = await playSituations(content.model, content.situations, { projectRoot, note, signal });
      if (!signal.aborted) {
        files = render(plots);
        if (plots.type === "simulated") note(`Played ${plots.played.size} situations. Load a page again to see the plots.`);
      }
    }
    await ended(signal);
    await Promise.all(servers.map((server) => server.close()));
    return 0;
  });
}

function waiting(withoutPlots: boolean): Plots {
  const reason = withoutPlots
    ? "There are no plots, as --without-plots asked."
    : "The situations are being played, which takes some minutes. Load this page again for the plots.";
  return { type: "none", reason };
}

function ended(signal: AbortSignal): Promise<undefined> {
  return new Promise((done) => {
    if (signal.aborted) done(undefined);
    signal.addEventListener("abort", () => done(undefined));
  });
}

function openBrowser(address: string, note: (line: string) => void): void {
  const command = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  const child = spawn(command, [address], { stdio: "ignore", detached: true });
  child.once("error", () => note(`No browser could be opened (${command}). Open ${address} yourself.`));
  child.unref();
}
