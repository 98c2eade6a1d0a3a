import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { listFiles } from "../../core/load/files/find-files";
import { readText } from "../../core/load/files/read-text";
import { loadRuleSet } from "../../core/load/files/rule-set";
import type { RuleSet } from "../../core/model/rule-set";
import type { BacktestRequest } from "../../machine/backtest/run-backtest";
import { UsageError } from "../../machine/system/user-error";
import { printBacktest, readBacktest, type BacktestValues } from "../run-backtest";
import { atCommit, findCommit } from "./at-commit";
import { openRepository } from "./check-files";
import { readConfiguration } from "./read-configuration";

/** Tells what the alerts of the files that a configuration names would have done. Returns what the process exits with. */
export async function runFilesBacktest(
  config: string,
  values: BacktestValues,
  provideTools: () => Promise<BacktestRequest["tools"]>,
): Promise<number> {
  readBacktest(values);
  const path = resolve(config);
  const root = dirname(path);
  const configuration = readConfiguration(path);
  const head = loadRuleSet(configuration, openRepository(root, configuration));
  if (!head.rules.some(({ kind }) => kind === "alert")) throw new UsageError(`${config} names no file with an alert.`);
  const base = values.base === undefined ? undefined : baseRules(path, values.base);
  return printBacktest(values, { head, ...(base && { base }) }, await provideTools());
}

/** As the commit itself names its files, where it has a configuration. */
function baseRules(path: string, ref: string): RuleSet {
  return atCommit(findCommit(dirname(path), ref), (folder) => {
    const own = join(folder, basename(path));
    const repository = { files: listFiles(folder), read: (file: string) => readText(folder, file) };
    return loadRuleSet(readConfiguration(existsSync(own) ? own : path), repository);
  });
}
