import type { CommandLine } from "../machine/terminal/command-line";
import { importDescription, runImport } from "./files/run-import";

const description = { ...importDescription, isOfPackage: true } as const;

/** `npx chain import`. */
export const importFiles = {
  description,
  main: ({ words: [service], values: { config } }: CommandLine<typeof description>): Promise<number> =>
    runImport({ service, config, root: process.cwd(), program: "package" }),
};
