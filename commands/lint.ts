import { resolve } from "node:path";
import { runTool } from "../machine/system/run-tool";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `lint`. */
export const description = {
  name: "lint",
  summary: "Runs ESLint, with type information.",
  options: { fix: { type: "boolean", help: "put right what ESLint can put right by itself" } },
  examples: ["", "--fix"],
} as const satisfies CommandDescription;

/** Runs ESLint over the project. */
export function main({ values }: CommandLine<typeof description>): Promise<number> {
  return runTool(resolve(__dirname, ".."), "eslint", [".", ...(values.fix ? ["--fix"] : [])]);
}
