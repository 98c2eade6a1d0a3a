import { existsSync } from "node:fs";
import { UserError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import { writeBlocks, writeSections } from "./generated";
import { loadProgramModel } from "./program-model";

const description = {
  name: "generate",
  summary: "Writes runbooks/sections.ts and the marked blocks of the runbooks.",
  isOfPackage: true,
  options: {},
  examples: [""],
} as const satisfies CommandDescription;

/** `npx chain generate`. The sections come first: the services read them when the program is loaded. */
export const generate = {
  description,
  main: (): Promise<number> => {
    const root = process.cwd();
    if (!existsSync("runbooks"))
      throw new UserError(
        "There is no folder runbooks here. Run this in the folder of Pulumi.yaml, with the runbooks in runbooks/<service>/.",
      );
    const written = [...writeSections(root), ...writeBlocks(root, loadProgramModel(root))];
    console.log(written.length > 0 ? `Wrote ${written.join(", ")}.` : "Everything generated is up to date.");
    return Promise.resolve(0);
  },
};
