import type { CommandLine } from "../machine/terminal/command-line";
import { initDescription, runInit } from "./files/run-init";

const description = { ...initDescription, isOfPackage: true } as const;

/** `npx chain init`. */
export const init = {
  description,
  main: ({ words: [folder] }: CommandLine<typeof description>): Promise<number> => Promise.resolve(runInit(folder)),
};
