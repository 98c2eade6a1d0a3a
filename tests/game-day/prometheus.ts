import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { z } from "zod";
import { atTestEnd } from "../at-test-end";
import type { AlertLabels } from "./alertmanager";
import { promtool } from "../tools/promtool";
import { eventually } from "./eventually";
import { getJson, startServer, testFolder } from "./server";
import { targetsOf } from "../../simulate/convention";
import { answerOf, historyOf } from "../../simulate/exposition";
import { scrapeAll } from "../../simulate/scrape";
import type { Target } from "../../simulate/target";
import type { World } from "../../simulate/world";

const rules = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        lastEvaluation: z.coerce.date(),
        rules: z.array(
          z.object({
            name: z.string(),
            health: z.string(),
            alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })).optional(),
          }),
        ),
      }),
    ),
  }),
});
const targets = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ labels: z.record(z.string(), z.string()), health: z.string() })),
  }),
});

type RuleGroups = z.infer<typeof rules>["data"]["groups"];

/** A running Prometheus that has been watching what happens. */
export interface Prometheus {
  /** The alerts whose condition holds: pending while not yet for long enough, then firing. */
  readonly alerts: () => Promise<readonly { readonly labels: AlertLabels; readonly state: string }[]>;
}

/** So long is the history of every scene. */
const historySeconds = 7200;

/** What is watched, by which rules, and who is told. */
export interface Watch {
  readonly world: World;
  readonly rules: string;
  readonly alertmanager: string;
}

/**
 * Starts Prometheus on the history of the targets, and answers when every rule has seen them live: what an
 * alert does not say then, nor waits to say, it does not say at all.
 */
export async function startPrometheus(watch: Watch): Promise<Prometheus> {
  const folder = testFolder();
  const beginning = Math.floor(Date.now() / 1000);
  const watched = targetsOf(watch.world, "plain");
  const scraping = { everySeconds: 30, historySeconds, lastsSeconds: 0, missing: [] };
  await writeHistory(folder, historyOf(scrapeAll(watched, scraping), beginning));
  writeFileSync(join(folder, "rules.yml"), watch.rules);
  const exporter = await startExporter(watched, beginning);
  const args = [`--storage.tsdb.path=${join(folder, "data")}`];
  const configuration = configure(watched, watch.alertmanager, exporter);
  const url = await startServer({ tool: "prometheus", folder, configuration, args });
  const groups = async (): Promise<RuleGroups> => rules.parse(await getJson(`${url}/api/v1/rules`)).data.groups;
  await eventually(async () => {
    const { activeTargets } = targets.parse(await getJson(`${url}/api/v1/targets`)).data;
    const waiting = activeTargets.filter(({ health }) => health === "unknown").map(({ labels }) => labels["instance"]);
    if (waiting.length > 0 || activeTargets.length < watched.length)
      throw new Error(`Not scraped yet: ${waiting.join(", ")}, of ${activeTargets.length} targets.`);
  });
  // Twice, because an alert may read what another group records.
  await everyGroupEvaluated(groups);
  await everyGroupEvaluated(groups);
  return {
    alerts: async () => (await groups()).flatMap((group) => group.rules.flatMap((rule) => rule.alerts ?? [])),
  };
}

async function everyGroupEvaluated(groups: () => Promise<RuleGroups>): Promise<void> {
  const since = new Date();
  await eventually(async () => {
    const all = await groups();
    const broken = all.flatMap((group) => group.rules.filter(({ health }) => health === "err").map(({ name }) => name));
    const waiting = all.filter(({ lastEvaluation }) => lastEvaluation < since).map(({ name }) => name);
    if (all.length === 0 || waiting.length > 0 || broken.length > 0)
      throw new Error(`Of ${all.length} rule groups, not evaluated yet: ${waiting.join(", ")}; failing: ${broken.join(", ")}.`);
  });
}

async function writeHistory(folder: string, text: string): Promise<void> {
  writeFileSync(join(folder, "history.txt"), text);
  const args = ["tsdb", "create-blocks-from", "openmetrics", "history.txt", "data"];
  await promisify(execFile)(await promtool(), args, { cwd: folder });
}

/** Answers for all targets, each under its own path. */
async function startExporter(all: readonly Target[], beginning: number): Promise<string> {
  const server = createServer((request, response) => {
    const target = all.find(({ labels }) => request.url === `/${labels["instance"] ?? ""}`);
    const answer = target && answerOf(target, Date.now() / 1000 - beginning);
    response.writeHead(answer === undefined ? 503 : 200, { "Content-Type": "text/plain; version=0.0.4" }).end(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  atTestEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The exporter listens on no port.");
  return address.port;
}

function configure(watched: readonly Target[], alertmanager: string, exporter: string): string {
  const jobs = [...new Set(watched.map(({ labels }) => labels["job"] ?? ""))];
  return stringify({
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: ["rules.yml"],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager).host] }] }] },
    scrape_configs: jobs.map((job) => ({
      job_name: job,
      static_configs: watched
        .filter(({ labels }) => labels["job"] === job)
        .map(({ labels: { instance = "" } }) => ({
          targets: [exporter],
          labels: { instance, __metrics_path__: `/${instance}` },
        })),
    })),
  });
}
