import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checks } from "../core/checks";
import { runChecks } from "../core/checks/check";
import { readMarkdown } from "../core/load/markdown";
import { loadSiteAssets } from "../core/load/site-assets";
import { renderSite } from "../core/site/site";
import { indexOf, type Model } from "../core/model/model";
import { loadProject } from "../project";
import { renderDashboard } from "../core/render/dashboard";
import { renderRuleObjects } from "../core/render/prometheus-rule";
import { renderRuleGroups, type RuleGroup } from "../core/render/rule-groups";
import { renderSectionsFile } from "../core/render/sections-file";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { provideTool } from "../machine/tools/engine";
import type * as commands from "../tests/bench/commands";
import type * as files from "../tests/bench/files";
import type * as simulation from "../tests/bench/simulation";

const root = resolve(__dirname, "..");
const environment = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};

/** As many as a large company has. */
const manyRules = 50_000;

/** What is to be known of `bench`. */
export const description = {
  name: "bench",
  summary: "Measures what the checks take, and whether a service costs more when there are many. Prints ratios, judges nothing.",
  options: {
    simulation: { type: "boolean", help: "measure the simulation instead: all of it, and by the number of services" },
    engine: { type: "boolean", help: "measure the commands that start the engine instead, beside the official CLI" },
    services: { type: "string", value: "<number>", help: "measure the checks of so many services only, and print JSON" },
    files: { type: "boolean", help: "measure the check of files that were not written here instead" },
    base: { type: "string", value: "<commit>", help: "with --engine: measure the same commands of another commit beside them" },
  },
  examples: ["", "--simulation", "--files", "--engine --base HEAD~1"],
} as const satisfies CommandDescription;

/** `npm run bench`. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  if (values.simulation === true) {
    // Not before it runs: a copy of the project without its tests has this command all the same, to tell of it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
    const { benchSimulation } = require("../tests/bench/simulation") as typeof simulation;
    await benchSimulation(loadProject(root), root, console.log);
    return 0;
  }
  if (values.engine === true) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
    const { benchCommands } = require("../tests/bench/commands") as typeof commands;
    await benchCommands(values.base, console.log);
    return 0;
  }
  const promtool = await provideTool("promtool", { projectRoot: root, note: console.log });
  if (values.files === true) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
    const { benchFiles } = require("../tests/bench/files") as typeof files;
    benchFiles(promtool, console.log);
    return 0;
  }
  if (values.services !== undefined) {
    console.log(JSON.stringify(costOfServices(Number(values.services), promtool)));
    return 0;
  }
  console.log(`npm run check, wall time of 5 runs: median ${median(5, () => timeOf("check")).toFixed(2)} s`);
  const folder = mkdtempSync(join(tmpdir(), "bench-site-"));
  const site = median(5, () => timeOf("site", "--out", folder));
  console.log(`npm run site without plots, wall time of 5 runs: median ${site.toFixed(2)} s, ${sizeOf(folder).toFixed(1)} MiB`);
  rmSync(folder, { recursive: true });
  const ten = measureApart(10);
  const sizes = [100, 1000, 2 * Math.ceil((manyRules / ten.rules) * 5)];
  for (const cost of [ten, ...sizes.map(measureApart)]) printCost(cost, ten);
  return 0;
}

/** A process for each, so that none begins with the memory of another. */
function measureApart(size: number): Cost {
  const args = ["run.mjs", "bench", "--services", String(size)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${size} services could not be measured: ${stderr}`);
  return JSON.parse(stdout) as Cost;
}

function printCost({ services, alerts, perService, rules, seconds, toPromtool, mebibytes, site }: Cost, first: Cost): void {
  const ratio = perService / first.perService;
  const compared = services === first.services ? "" : `, ${ratio.toFixed(2)} times that of ${first.services} services`;
  console.log(
    `${services} services, ${alerts} alerts: ${perService.toFixed(1)} ms a service to load, check and render${compared}`,
  );
  console.log(
    `  to read and check its ${rules} rules, dashboards and runbooks: ${seconds.toFixed(1)} s and ${mebibytes.toFixed(0)} MiB, ` +
      `${toPromtool.toFixed(2)} times promtool check rules of the rules`,
  );
  if (site) console.log(`  their site without plots: ${site.seconds.toFixed(1)} s, ${site.mebibytes.toFixed(1)} MiB`);
}

function timeOf(command: string, ...args: readonly string[]): number {
  const started = performance.now();
  const line = ["run", "--silent", command, "--", ...args];
  const { status } = spawnSync("npm", line, { cwd: root, shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm run ${command} failed: a time of it would mean nothing.`);
  return (performance.now() - started) / 1000;
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1024 ** 2;
}

interface Cost {
  readonly services: number;
  readonly alerts: number;
  readonly rules: number;
  readonly perService: number;
  /** Processor time of reading the runbooks and of all checks. */
  readonly seconds: number;
  /** The same in wall time, as a multiple of what promtool takes for the rules alone. */
  readonly toPromtool: number;
  /** The most memory that the process had by then. */
  readonly mebibytes: number;
  /** The pages of so many services. */
  readonly site?: { readonly seconds: number; readonly mebibytes: number };
}

/** The site without plots. */
function costOfSite(model: Model): { readonly seconds: number; readonly mebibytes: number } {
  const started = performance.now();
  const plots = { type: "none", reason: "There are no plots." } as const;
  const files = renderSite(
    { stack: "bench", model, environment, receivers: {}, findings: [], situations: [], plots },
    loadSiteAssets(),
  );
  const bytes = [...files.values()].reduce((sum, file) => sum + Buffer.byteLength(file), 0);
  return { seconds: (performance.now() - started) / 1000, mebibytes: bytes / 1024 / 1024 };
}

function costOfServices(size: number, promtool: string): Cost {
  const project = loadProject(root);
  const watched = project.services.filter(({ alerts }) => alerts.length > 0);
  const texts = project.runbooks.map(({ path, text }) => ({ path, text }));
  const copies = Array.from({ length: size / watched.length }, (_, number) => copier(number));
  const declared = copies.flatMap((copy) => copy(watched));
  const written = copies.flatMap((copy) => copy(texts));
  const [started, began] = [cpuSeconds(), performance.now()];
  const runbooks = written.map(({ path, text }) => readMarkdown(path, text));
  const model: Model = { ...project, services: declared, runbooks, sectionsFile: renderSectionsFile(runbooks) };
  runChecks(model, checks); // copies have findings of their own, such as blocks that the generator has not written anew
  const seconds = cpuSeconds() - started;
  const checking = (performance.now() - began) / 1000;
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  for (const service of model.services) {
    renderRuleObjects(service, indexOf(model), environment);
    for (const dashboard of service.dashboards) renderDashboard(dashboard, service, indexOf(model), environment);
  }
  const perService = ((cpuSeconds() - started) * 1000) / size;
  const groups = model.services.flatMap((service) => renderRuleGroups(service, indexOf(model), environment));
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  const alerts = model.services.reduce((sum, service) => sum + service.alerts.length, 0);
  const toPromtool = checking / timePromtool(promtool, groups);
  return {
    services: size,
    alerts,
    rules,
    perService,
    seconds,
    toPromtool,
    mebibytes,
    ...(size <= 100 && { site: costOfSite(model) }),
  };
}

/** What this process has taken of the processors: others may run beside it. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of one run on a file with all groups. */
function timePromtool(promtool: string, groups: readonly RuleGroup[]): number {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(folder, "rules.yaml");
  writeFileSync(file, JSON.stringify({ groups: groups.map((group, index) => ({ ...group, name: `${index}-${group.name}` })) }));
  const before = performance.now();
  const { status, stderr } = spawnSync(promtool, ["check", "rules", "--lint=none", file], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const took = (performance.now() - before) / 1000;
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`promtool refuses the rules: a time of it would mean nothing. ${stderr.slice(0, 500)}`);
  return took;
}

/** Copies plain data under new names: `mc_x` becomes `s7mc_x`, `MCDown` `S7MCDown`, `mc/deployment.md` `s7mc/deployment.md`. */
function copier(number: number): <T>(value: T) => T {
  const copies = new Map<object, object>(); // an alert must go on naming the very panel of its dashboard
  const rename = (text: string): string =>
    text
      .replace(/(?<![A-Za-z0-9-])(mc|gc)(?=[_/:\s-]|$)/g, `s${number}$1`)
      .replace(/(?<![A-Za-z0-9])(MC|GC)(?=[A-Z][a-z]|"|$)/g, `S${number}$1`);
  const copy = (value: unknown): unknown => {
    if (typeof value === "string") return rename(value);
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known) return known;
    const fresh: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    copies.set(value, fresh);
    for (const [key, item] of Object.entries(value)) Reflect.set(fresh, key, copy(item));
    return fresh;
  };
  return (value) => copy(value) as typeof value;
}

function median(times: number, measure: () => number): number {
  const measured = Array.from({ length: times }, measure).sort((a, b) => a - b);
  return measured[Math.floor(times / 2)] ?? Number.NaN;
}
