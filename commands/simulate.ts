import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { incidents } from "../incidents";
import { providePromtool } from "../local/engine";
import { readOptions } from "../local/command-line";
import { UserError } from "../local/user-error";
import { loadProject } from "../project";
import { allPlays } from "../simulate/all-plays";
import { printPlayed, printSummary } from "../simulate/print";
import { playAll, type Played } from "../simulate/run";
import { nameOf } from "../simulate/situation";

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
  const plays = allPlays(model.services, incidents)
    .filter(({ situation }) => service === undefined || situation.id.startsWith(`${service}/`))
    .filter(({ situation, view }) => words.split(/\s+/).every((word) => nameOf(situation, view).includes(word)));
  if (plays.length === 0) throw new UserError(`No situation is named so. There are: npm run simulate -- --list`);
  if (list) {
    for (const { situation, view } of plays) console.log(`${nameOf(situation, view)}: ${situation.title}`);
    return 0;
  }
  const promtool = await providePromtool({ projectRoot, note: console.log });
  const onPlayed = (played: Played): void => console.log(`${printPlayed(played)}\n`);
  const played = await playAll(model, plays, { promtool, processes: availableParallelism(), onPlayed });
  console.log(printSummary(played));
  return played.some(({ complaints }) => complaints.length > 0) ? 1 : 0;
}
