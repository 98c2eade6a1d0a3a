import type { CommandDescription } from "./command";
import { type CommandLine, readCommandLine } from "./command-line";
import { renderHelp } from "./help";
import { refuseWhatNpmKept } from "./npm-options";

/** A command: what is to be known of it, and what it does. */
export interface Command<Described extends CommandDescription> {
  readonly description: Described;
  /** Returns what the process exits with. */
  readonly main: (line: CommandLine<Described>) => Promise<number>;
}

/** Runs a command with what was typed after its name; with `--help`, only tells about it. */
export async function runCommand<Described extends CommandDescription>(
  { description, main }: Command<Described>,
  args: readonly string[],
): Promise<number> {
  refuseWhatNpmKept({ args, environment: process.env }, description);
  const line = readCommandLine(args, description);
  if (!isHelp(line.values)) return main(line);
  console.log(renderHelp(description));
  return 0;
}

function isHelp(values: object): boolean {
  return "help" in values && values.help === true;
}
