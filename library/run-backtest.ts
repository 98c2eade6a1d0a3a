import { isTimeZone, nightHours } from "../core/replay/night";
import { renderJson, renderMarkdown, renderText } from "../core/replay/render";
import type { RuleSet } from "../core/model/rule-set";
import { usualLimits } from "../machine/backtest/bounded-server";
import { runBacktest, type BacktestRequest } from "../machine/backtest/run-backtest";
import { Interrupted, UsageError } from "../machine/system/user-error";
import type { ValueDescription } from "../machine/terminal/command";
import { readNumber, readUrl } from "../machine/terminal/option-values";
import { onTerminal } from "../machine/terminal/terminal";

/** The options of `backtest` that say what is told, and how. */
export const backtestOptions = {
  prometheus: {
    type: "string",
    value: "<URL>",
    help: "such as http://localhost:9090. A user and a password in it are sent as basic authentication",
    fits: (word: string) => /^https?:/.test(word),
  },
  days: { type: "string", value: "<n>", help: "how many days, until now", default: "7" },
  base: { type: "string", value: "<commit>", help: "tell beside it what the alerts of this commit would have done" },
  "time-zone": { type: "string", value: "<name>", help: `whose night it is, such as Europe/Vienna`, default: "UTC" },
  "timeout-seconds": { type: "string", value: "<n>", help: "how long all of it may take", default: "600" },
  format: {
    type: "string",
    value: "<format>",
    help: "text, json or markdown",
    choices: ["text", "json", "markdown"],
    default: "text",
  },
} as const satisfies Record<string, ValueDescription>;

/** What the help of `backtest` says below its options. */
export const backtestNotes = `It reads only, and once: at most ${usualLimits.requests} questions, ${usualLimits.samples / 1e6} million samples of ${usualLimits.series} series, and of no answer
more than ${usualLimits.bytes / 1024 / 1024} MiB. What was read is evaluated by a Prometheus on this machine. Night is ${nightHours.from} to ${nightHours.until}.
Exits with
  0  when it is done
  2  when it cannot be told: no answer in time, a refusal, a page in place of an answer, too much to read`;

/** What was typed. */
export interface BacktestValues {
  readonly prometheus?: string | undefined;
  readonly days: string;
  readonly base?: string | undefined;
  readonly "time-zone": string;
  readonly "timeout-seconds": string;
  readonly format: string;
}

const mostDays = 90;
const longestSeconds = 7200;

/** What is asked of which server, and for how long. */
export function readBacktest(values: BacktestValues): Pick<BacktestRequest, "url" | "days" | "timeZone" | "timeoutSeconds"> {
  const { prometheus, days, "time-zone": timeZone, "timeout-seconds": timeout } = values;
  if (prometheus === undefined)
    throw new UsageError("Whose data is to be read? Give --prometheus, such as http://localhost:9090.");
  if (!isTimeZone(timeZone)) throw new UsageError(`There is no time zone "${timeZone}". Give one such as Europe/Vienna, or UTC.`);
  return {
    url: readUrl("--prometheus", prometheus),
    days: readNumber("--days", days, mostDays),
    timeZone,
    timeoutSeconds: readNumber("--timeout-seconds", timeout, longestSeconds),
  };
}

/** The rules of the working tree, and of the commit that they are compared with. */
export interface Sides {
  readonly head: RuleSet;
  readonly base?: RuleSet;
}

/** Tells what alerts would have done, and prints it. Returns what the process exits with. */
export async function printBacktest(values: BacktestValues, sides: Sides, tools: BacktestRequest["tools"]): Promise<number> {
  const asked = readBacktest(values);
  const report = await onTerminal(async ({ signal, write }) => {
    const note = (line: string): void => write(`${line}\n`);
    try {
      return await runBacktest({ ...asked, ...sides, tools, signal, note });
    } catch (error) {
      if (signal.aborted) throw new Interrupted("Interrupted: nothing is said about what would have fired.");
      throw error;
    }
  }, process.stderr);
  const render = { json: renderJson, markdown: renderMarkdown }[values.format] ?? renderText;
  console.log(render(report));
  return 0;
}
