import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { incidents } from "../incidents";
import { loadStackFile } from "../core/load/stack-file";
import { providePromtool, provideTool } from "../machine/tools/engine";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { UserError } from "../machine/system/user-error";
import { loadProject, prepareDeployment } from "../project";
import { renderFindings } from "../core/render/findings";
import { allPlays } from "../core/simulate/all-plays";
import { conventions } from "../core/simulate/convention";
import { deployedAlertmanager } from "../core/simulate/deployed-alertmanager";
import { printLive } from "../core/simulate/print-live";
import { printPlayed, printSummary } from "../core/simulate/print";
import type { Play } from "../core/simulate/prepared-play";
import { playAll, type Played } from "../core/simulate/run";
import { silentMetrics } from "../core/simulate/silent-metrics";
import { nameOf } from "../core/simulate/situation";
import { playSituationLive } from "../core/simulate/situation-live";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `simulate`. */
export const description = {
  name: "simulate",
  summary: "Plays what happens in production against the rules, and tells what fires when, and what is not as expected.",
  words: [{ word: "<word>", help: "play only situations whose name contains each word", isRepeated: true }],
  options: {
    list: { type: "boolean", help: "name the situations, and play none" },
    service: { type: "string", value: "<id>", help: "only the standard situations of this service" },
    convention: { type: "string", value: "<convention>", help: "only with these labels", choices: conventions },
    live: {
      type: "string",
      value: "<stack>",
      help: "play through the real Prometheus and Alertmanager with that stack's receivers, a minute in a second: who is told what, when",
    },
    interval: { type: "string", value: "<seconds>", help: "only with scrapes so far apart", choices: ["15", "30", "60"] },
  },
  examples: [
    "",
    "--list",
    "--service mc --convention plain",
    "outage-2m",
    "losing all-gcs-gone",
    "losing all-gcs-gone plain --live prod",
  ],
} as const satisfies CommandDescription;

const projectRoot = resolve(__dirname, "..");

/** `npm run simulate`: what production does to the alerts. Exits with 1 when something is not as expected. */
export async function main({ values, words }: CommandLine<typeof description>): Promise<number> {
  const { list, service, convention, interval, live } = values;
  const model = loadProject(projectRoot);
  const isChosen = ({ situation, view }: Play): boolean =>
    (service === undefined || situation.id.startsWith(`${service}/`)) &&
    (convention === undefined || view.convention === convention) &&
    (interval === undefined || String(view.scrapeSeconds) === interval) &&
    words.every((word) => nameOf(situation, view).includes(word));
  const plays = allPlays(model.services, incidents).filter(isChosen);
  if (plays.length === 0) throw new UserError("No situation is named so. All names: npm run simulate -- --list");
  if (list === true) {
    for (const { situation, view } of plays) console.log(`${nameOf(situation, view)}: ${situation.title}`);
    return 0;
  }
  if (live !== undefined) return playEachLive(plays, live);
  const promtool = await providePromtool({ projectRoot, note: console.log });
  const onPlayed = (played: Played): void => console.log(`${printPlayed(played)}\n`);
  const played = await playAll(model, plays, { promtool, processes: availableParallelism(), onPlayed });
  console.log(printSummary(played));
  const shown = model.services.filter(({ id }) => service === undefined || id === service);
  for (const line of silentMetrics(model, shown)) console.log(`\nwarning: ${line}`);
  return played.some(({ complaints }) => complaints.length > 0) ? 1 : 0;
}

/** One after the other: each keeps time with the clock on the wall. */
async function playEachLive(plays: readonly Play[], stack: string): Promise<number> {
  requireStack(projectRoot, stack);
  const values = loadStackFile(projectRoot, stack);
  const prepared = "findings" in values ? values : prepareDeployment(loadProject(projectRoot), stack, values.value);
  if ("findings" in prepared) throw new UserError(renderFindings(prepared.findings));
  const { model, settings } = prepared.value;
  const context = { projectRoot, note: console.log };
  const commands = {
    prometheus: await provideTool("prometheus", context),
    alertmanager: await provideTool("alertmanager", context),
  };
  const alertmanager = deployedAlertmanager(model, settings);
  for (const { situation, view } of plays) {
    const played = await playSituationLive(situation, view, { model, environment: settings, alertmanager, commands });
    console.log(`${nameOf(situation, view)}, live as ${stack}: ${situation.title}\n${printLive(played)}\n`);
  }
  return 0;
}
