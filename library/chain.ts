#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError, UserError } from "../machine/system/user-error";
import { runCommand } from "../machine/terminal/run-command";
import { describeSystemFailure } from "../machine/terminal/system-failure";
import { backtest } from "./backtest-command";
import { check } from "./check-command";
import { doctor } from "./doctor-command";
import { generate } from "./generate-command";
import { init } from "./init-command";

// `npx chain <command>`, in the folder of a program that uses this package.
const commands = [
  { ...init.description, run: (args: readonly string[]) => runCommand(init, args) },
  { ...check.description, run: (args: readonly string[]) => runCommand(check, args) },
  { ...doctor.description, run: (args: readonly string[]) => runCommand(doctor, args) },
  { ...backtest.description, run: (args: readonly string[]) => runCommand(backtest, args) },
  { ...generate.description, run: (args: readonly string[]) => runCommand(generate, args) },
];

const packageFile = z.object({ version: z.string() });

async function main([name, ...args]: readonly string[]): Promise<number> {
  const found = commands.find((command) => command.name === name);
  if (found) return found.run(args);
  if (name === "--version" || name === "-v") {
    const { version } = packageFile.parse(
      JSON.parse(readFileSync(require.resolve("@dark-tower/observability/package.json"), "utf8")),
    );
    console.log(version);
    return 0;
  }
  const list = commands.map((command) => `  npx chain ${command.name}  ${command.summary}`).join("\n");
  if (name !== "--help" && name !== "-h" && name !== "help")
    throw new UsageError(`${name === undefined ? "Which command?" : `There is no command "${name}".`}\n${list}`);
  console.log(`Each of these explains itself with --help:\n${list}`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(describeSystemFailure(error) ?? (error instanceof Error ? error.message : String(error)));
    process.exitCode = error instanceof UserError ? error.exitCode : 1;
  },
);
