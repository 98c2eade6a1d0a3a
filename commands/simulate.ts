import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { incidents } from "../incidents";
import { providePromtool } from "../local/engine";
import { readOptions } from "../local/command-line";
import { UserError } from "../local/user-error";
import { loadProject } from "../project";
import { printPlayed, printSummary } from "../simulate/print";
import { playAll } from "../simulate/run";
import { nameOf } from "../simulate/situation";
import { standardSituations } from "../simulate/standard";

const usage = `Usage: npm run simulate [-- options]

  --list               list the situations, and play none
  --situation <words>  play only those whose name contains all the words
  --service <id>       play only the standard situations of this service`;

const options = {
  list: { type: "boolean", default: false },
  situation: { type: "string", default: "" },
  service: { type: "string" },
} as const;

/** `npm run simulate`: plays production situations against the rules, and prints what fires when. Exits with 1 when something is not as expected. */
export async function main(args: string[]): Promise<number> {
  const { list, situation: words, service } = readOptions(args, options, usage);
  const projectRoot = resolve(__dirname, "..");
  const model = loadProject(projectRoot);
  const situations = [...model.services.flatMap((each) => standardSituations(each, model.services)), ...incidents];
  const plays = situations
    .filter(({ id }) => service === undefined || id.startsWith(`${service}/`))
    .flatMap((situation) => situation.views.map((view) => ({ situation, view })))
    .filter(({ situation, view }) => words.split(/\s+/).every((word) => nameOf(situation, view).includes(word)));
  if (plays.length === 0) throw new UserError(`No situation is named so. There are: npm run simulate -- --list`);
  if (list) {
    for (const { situation, view } of plays) console.log(`${nameOf(situation, view)}: ${situation.title}`);
    return 0;
  }
  const promtool = await providePromtool({ projectRoot, note: console.log });
  const played = await playAll(model, plays, { promtool, processes: availableParallelism() });
  for (const each of played) console.log(`${printPlayed(each)}\n`);
  console.log(printSummary(played));
  return played.some(({ complaints }) => complaints.length > 0) ? 1 : 0;
}
