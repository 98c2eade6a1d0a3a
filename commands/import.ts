import { resolve } from "node:path";
import { importDescription, runImport } from "../library/files/run-import";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `import`. */
export const description = importDescription;

/** `npm run import`: writes a service from files that people already have. */
export function main({ words: [service], values: { config } }: CommandLine<typeof description>): Promise<number> {
  return runImport({ service, config, root: resolve(__dirname, ".."), program: "this" });
}
