import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { renderMarkdownTable, rewriteMarkedBlock } from "../../core/render/marked-block";
import { type CommandDescription, npmLine } from "./command";
import { writeOption } from "./help";

const block = { begin: "<!-- commands: written by `npm run generate` from commands/ -->", end: "<!-- end of commands -->" };

/** The descriptions of all commands of a project, in the order of package.json's scripts. */
export function loadDescriptions(projectRoot: string): readonly CommandDescription[] {
  const load = createRequire(__filename);
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")));
  const order = Object.keys(scripts);
  return readdirSync(join(projectRoot, "commands"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readDescription(load(join(projectRoot, "commands", file)), file))
    .sort((left, right) => order.indexOf(left.name) - order.indexOf(right.name));
}

function readDescription(command: unknown, file: string): CommandDescription {
  if (isCommand(command)) return command.description;
  throw new Error(`commands/${file} exports no description.`);
}

function isCommand(command: unknown): command is { readonly description: CommandDescription } {
  return typeof command === "object" && command !== null && "description" in command;
}

/** The README with its table of commands written anew, between the two comments that mark it. */
export function rewriteCommandTable(readme: string, descriptions: readonly CommandDescription[]): string {
  const rows = descriptions
    .filter(({ isInternal }) => isInternal !== true)
    .map(({ name, summary, words = [], options }) => [
      `\`${npmLine(name)}\``,
      summary,
      [...words.map(({ word }) => word), ...Object.entries(options).map(([option, described]) => writeOption(option, described))]
        .map((text) => `\`${text}\``)
        .join(" "),
    ]);
  return rewriteMarkedBlock(readme, block, renderMarkdownTable([["command", "what it does", "words and options"], ...rows]));
}
