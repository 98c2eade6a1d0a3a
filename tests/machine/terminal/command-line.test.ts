import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { type CommandDescription, npmLine, type OptionDescription } from "../../../machine/terminal/command";
import { readCommandLine } from "../../../machine/terminal/command-line";
import { loadDescriptions } from "../../../machine/terminal/command-table";
import { renderHelp } from "../../../machine/terminal/help";

const root = resolve(__dirname, "../../..");
const descriptions = loadDescriptions(root);
const { scripts, version } = z
  .object({ scripts: z.record(z.string(), z.string()), version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
const shown = descriptions
  .flatMap(({ name, isInternal }) => (isInternal === true ? [] : [name]))
  .sort()
  .join(", ");

/** An option as it is typed, with a value that it takes. */
function typed(name: string, option: OptionDescription): readonly string[] {
  return option.type === "boolean" ? [`--${name}`] : [`--${name}`, option.choices?.[0] ?? option.default ?? "1"];
}

function refusal(args: readonly string[], description: CommandDescription): string {
  try {
    readCommandLine(args, description);
  } catch (error) {
    if (error instanceof Error && "exitCode" in error && error.exitCode === 2) return error.message;
    throw error;
  }
  return "";
}

describe("the commands", () => {
  it("are those that package.json starts, but for those that other programs start", () => {
    const files = readdirSync(join(root, "commands")).map((file) => file.replace(/\.ts$/, ""));
    assert.deepEqual(descriptions.map(({ name }) => name).sort(), files.sort());
    for (const { name, isInternal } of descriptions)
      assert.equal(scripts[name], isInternal === true ? undefined : `node run.mjs ${name}`);
  });

  for (const [asked, printed] of [
    ["--help", `Usage: ./chain <command> [options]\n\nCommands: ${shown}. Each explains itself: ./chain up --help\n`],
    ["--version", `${version}\n`],
  ] as const)
    it(`answer ${asked}`, () => {
      const { stdout, status } = spawnSync(process.execPath, ["run.mjs", asked], { cwd: root, encoding: "utf8" });
      assert.deepEqual([stdout, status], [printed, 0]);
    });

  it("are named to whoever types another", () => {
    const { stderr, status } = spawnSync(process.execPath, ["run.mjs", "deploy"], { cwd: root, encoding: "utf8" });
    assert.deepEqual([stderr, status], [`There is no command "deploy". Commands: ${shown}.\n`, 2]);
  });
});

for (const description of descriptions) {
  const { name, options, words = [] } = description;
  const needed = words.map(({ word }) => word);
  const more = `\nNothing was changed. What there is: ${npmLine(name, ["--help"])}`;

  describe(`the command line of ${name}`, () => {
    for (const [option, described] of Object.entries(options)) {
      it(`takes --${option}, once`, () => {
        const args = [...needed, ...typed(option, described)];
        assert.equal(refusal(args, description), "");
        assert.equal(refusal([...args, ...typed(option, described)], description), `--${option} is there twice.${more}`);
      });

      it(`takes --${option} only as it is meant`, () => {
        if (described.type === "boolean") {
          assert.equal(refusal([`--${option}=x`], description), `--${option} takes no value, and got "x".${more}`);
          assert.equal(refusal([`--no-${option}`], description).split(".")[0], `${name} has no option "--no-${option}"`);
          return;
        }
        for (const args of [[`--${option}`], [`--${option}`, "--help"]])
          assert.equal(refusal(args, description), `--${option} needs a value: --${option} ${described.value}${more}`);
        if (described.choices)
          assert.equal(
            refusal([`--${option}=x`], description),
            `There is no ${option} "x". Allowed: ${described.choices.join(", ")}.${more}`,
          );
      });

      it(`knows what a slip in --${option} means`, () => {
        const slip = `${option.slice(0, -1)}x`;
        const expected = `${name} has no option "--${slip}". Did you mean "--${option}"?${more}`;
        if (option.length > 3) assert.equal(refusal([`--${slip}`], description), expected);
      });
    }

    it("refuses an option that it does not have", () => {
      assert.equal(refusal(["--zzzzzzzzzzzzzzzzzz"], description), `${name} has no option "--zzzzzzzzzzzzzzzzzz".${more}`);
      assert.match(refusal(["-z"], description), new RegExp(`^${name} has no option "-z"`));
    });

    it("refuses a word that it does not take", () => {
      const isEndless = words.at(-1)?.isRepeated === true;
      const refused = refusal([...needed, "word"], description);
      assert.match(refused, isEndless ? /^$/ : /: "word" is too much\./);
    });

    it("explains itself, with every option", () => {
      const help = renderHelp(description);
      assert.ok(help.startsWith(`Usage: ${npmLine(name)}`), help);
      for (const option of [...Object.keys(options), "help"]) assert.match(help, new RegExp(`^  --${option}\\b`, "m"));
      assert.equal(readCommandLine(["--help"], description).values.help, true);
      for (const example of description.examples)
        assert.equal(
          refusal(
            example.split(" ").filter((word) => word !== ""),
            description,
          ),
          "",
          example,
        );
    });
  });
}

describe("a word that stands where an option belongs", () => {
  const byName = new Map(descriptions.map((description) => [description.name, description]));
  const rows: readonly (readonly [command: string, word: string, line: string])[] = [
    ["up", "prod", "npm run up -- --stack prod"],
    ["check", "json", "npm run check -- --format json"],
    ["rollback", "4b1df5c", "npm run rollback -- --to 4b1df5c"],
  ];
  for (const [command, word, line] of rows)
    it(`is answered with the line that may be meant: ${command} ${word}`, () => {
      const description = byName.get(command);
      assert.ok(description);
      assert.ok(refusal([word], description).includes(` Did you mean: ${line}\n`));
    });
});
