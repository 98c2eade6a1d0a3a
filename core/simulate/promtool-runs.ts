import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { playedId, type PreparedPlay } from "./prepared-play";
import { readSamples, type PrintedSample } from "./promtool-output";

/** What promtool printed, by the ids of the queries. */
export type Printed = ReadonlyMap<string, readonly PrintedSample[]>;

/** How promtool is run. */
interface Runner {
  /** The path of promtool. */
  readonly promtool: string;
  readonly folder: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Runs prepared plays in one process of promtool, in a folder that is there.
 * @throws Error when promtool could not run one of them: that nothing fires would otherwise look the same.
 */
export async function runPlays({ promtool, folder, signal }: Runner, plays: readonly PreparedPlay[]): Promise<Printed> {
  if (plays.length === 0) return new Map();
  for (const { id, rules, test } of plays) {
    writeFileSync(join(folder, `${id}.rules.yaml`), rules);
    writeFileSync(join(folder, `${id}.test.yaml`), test);
  }
  const printed = await run(
    promtool,
    plays.map(({ id }) => join(folder, `${id}.test.yaml`)),
    signal,
  );
  const broken = /^ +rule: .*err: .*$/m.exec(printed)?.[0];
  if (broken !== undefined) throw new Error(`promtool cannot evaluate a rule: ${broken.trim()}`);
  const samples = readSamples(printed);
  if (plays.some(({ id }) => !samples.has(playedId(id))))
    throw new Error(`promtool has not run every test. It says:\n${printed.slice(-2000)}`);
  return samples;
}

function run(promtool: string, files: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((done, reject) => {
    // It ends with 1, since every test expects that nothing is there, and prints what is.
    execFile(
      promtool,
      ["test", "rules", ...files],
      // It lives for seconds: what its garbage collector would save in memory costs a tenth of its time.
      { maxBuffer: 1 << 30, env: { ...process.env, GOGC: "400" }, ...(signal && { signal }) },
      (error, stdout, stderr) => {
        if (error && error.code !== 1) reject(new Error(`${promtool} cannot be run: ${error.message.slice(0, 500)}`));
        else done(`${stdout}\n${stderr}`);
      },
    );
  });
}
