import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import type { BacktestRequest } from "../machine/backtest/run-backtest";
import { UsageError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { defaultConfiguration } from "./files/read-configuration";
import { filesOptions } from "./files/files-options";
import { runFilesBacktest } from "./files/run-files-backtest";
import { backtestNotes, backtestOptions } from "./run-backtest";

const description = {
  name: "backtest",
  summary: "Tells what the alerts would have done over the last days on a Prometheus' data, beside those of another commit.",
  isOfPackage: true,
  options: { config: { ...filesOptions.config, help: "the configuration that names the rule files" }, ...backtestOptions },
  notes: `${backtestNotes}\nprometheus and promtool must be on the PATH: https://prometheus.io/download`,
  examples: ["--prometheus http://localhost:9090", "--prometheus http://localhost:9090 --days 14 --base origin/main"],
} as const satisfies CommandDescription;

/** `npx chain backtest`. */
export const backtest = {
  description,
  main: ({ values }: CommandLine<typeof description>): Promise<number> => {
    const config = values.config ?? (existsSync(defaultConfiguration) ? defaultConfiguration : undefined);
    if (config === undefined) throw new UsageError("There is no chain.yaml here. Name the configuration: --config <file>");
    return runFilesBacktest(config, values, () => Promise.resolve(toolsOnPath()));
  },
};

function toolsOnPath(): BacktestRequest["tools"] {
  for (const tool of ["prometheus", "promtool"])
    if (spawnSync(tool, ["--version"]).error)
      throw new UsageError(
        `There is no ${tool} on the PATH, and it evaluates the rules. Put what https://prometheus.io/download has there.`,
      );
  return { prometheus: "prometheus", promtool: "promtool" };
}
