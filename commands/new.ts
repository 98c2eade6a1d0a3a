import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { runbookFiles } from "../core/render/skeleton/runbooks";
import { serviceFiles, withListedService } from "../core/render/skeleton/service";
import { UserError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `new`. */
export const description = {
  name: "new",
  summary:
    "Writes the skeleton of a service with its runbooks, and adds it to services/index.ts. The checks list what is left to fill in.",
  words: [
    { word: "<what>", help: "service" },
    { word: "<id>", help: "short and in lower case, such as mh: the name of its folders, and how its metrics begin" },
  ],
  options: {},
  examples: ["service mh"],
} as const satisfies CommandDescription;

/** Writes a new service; nothing where any of its files exists. */
export function main({ words }: CommandLine<typeof description>): Promise<number> {
  const [what, id = "", ...more] = words;
  if (what !== "service" || more.length > 0) throw new UserError("What is new? So far only a service: npm run new -- service mh");
  if (!/^[a-z][a-z0-9]*$/.test(id))
    throw new UserError(
      `"${id}" is no id of a service. Take a short word in lower case, such as mh: it begins the names of its metrics.`,
    );
  const root = resolve(__dirname, "..");
  const files = { ...serviceFiles(id), ...runbookFiles(id) };
  const taken = Object.keys(files).filter((path) => existsSync(resolve(root, path)));
  if (taken.length > 0) throw new UserError(`Nothing was written: ${taken.join(", ")} exists already.`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true });
    writeFileSync(resolve(root, path), text);
  }
  const index = resolve(root, "services/index.ts");
  writeFileSync(index, withListedService(readFileSync(index, "utf8"), id));
  console.log(
    `Wrote ${Object.keys(files).join(", ")}, and added it to services/index.ts.\n\nNext: npm run generate, npm run format, then npm run check, which lists what is left to fill in.`,
  );
  return Promise.resolve(0);
}
