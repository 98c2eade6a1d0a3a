import { initDescription, runInit } from "../library/files/run-init";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `init`. */
export const description = initDescription;

/** `npm run init`: writes the configuration of files that people already have. */
export function main({ words: [folder] }: CommandLine<typeof description>): Promise<number> {
  return Promise.resolve(runInit(folder));
}
