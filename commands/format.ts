import { resolve } from "node:path";
import { runTool } from "../machine/system/run-tool";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `format`. */
export const description = {
  name: "format",
  summary: "Formats all files with Prettier.",
  options: { check: { type: "boolean", help: "only say which files are not formatted" } },
  examples: ["", "--check"],
} as const satisfies CommandDescription;

/** Runs Prettier over the project. */
export function main({ values }: CommandLine<typeof description>): Promise<number> {
  return runTool(resolve(__dirname, ".."), "prettier", [values.check ? "--check" : "--write", "--log-level", "warn", "."]);
}
