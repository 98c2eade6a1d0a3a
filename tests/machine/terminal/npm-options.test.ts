import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";
import { type CommandDescription, npmLine } from "../../../machine/terminal/command";
import { readCommandLine } from "../../../machine/terminal/command-line";
import { loadDescriptions } from "../../../machine/terminal/command-table";
import { type NpmKnowledge, readNpmKnowledge } from "../../../machine/terminal/npm-knowledge";
import { type NpmStart, refuseWhatNpmKept } from "../../../machine/terminal/npm-options";
import { copyProject, type ProjectCopy } from "../../engine/project-copy";

const descriptions = loadDescriptions(resolve(__dirname, "../../.."));

function named(command: string): CommandDescription {
  const found = descriptions.find(({ name }) => name === command);
  if (!found) throw new Error(`There is no command ${command} any longer.`);
  return found;
}

// Stands in for run.mjs: tells what npm has left of a line.
const witness = `console.log(JSON.stringify({ args: process.argv.slice(3), environment: process.env }));`;
const startShape = z.object({ args: z.array(z.string()), environment: z.record(z.string(), z.string()) });

/** A line with one option of a command, and the one to type instead; empty when only the help can say it. */
interface Line {
  readonly description: CommandDescription;
  readonly typed: readonly string[];
  readonly right: string;
}

const lines: readonly Line[] = descriptions
  .filter(({ isInternal }) => isInternal !== true)
  .flatMap((description) => [
    { description, typed: ["--zzz-unknown=1"], right: "" },
    ...Object.entries(description.options).flatMap(([name, option]) => {
      const line = { description, right: npmLine(description.name, [`--${name}`]) };
      if (option.type === "boolean") return [{ ...line, typed: [`--${name}`] }];
      const value = option.choices?.at(-1) ?? "17";
      const right = `${line.right} ${value}`;
      return [
        { description, typed: [`--${name}=${value}`], right },
        { description, typed: [`--${name}`, value], right },
      ];
    }),
  ]);

describe("an option that npm keeps for itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "kept-by-npm-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const starts = new Map<string, NpmStart>();
  let settings: ReadonlyMap<string, string> = new Map();
  // They are the same for every line, and asking npm takes a while.
  const read = (environment: NodeJS.ProcessEnv): NpmKnowledge => ({
    ...readNpmKnowledge(environment),
    readSettings: () => settings,
  });

  // What npm leaves of an option is the same for every command, so it is asked once for each.
  beforeAll(async () => {
    const scripts = Object.fromEntries(descriptions.map(({ name }) => [name, `node run.mjs ${name}`]));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "witness", version: "1.0.0", scripts }));
    writeFileSync(join(folder, "run.mjs"), witness);
    const open = new Map(lines.map(({ typed }) => [typed.join(" "), typed]));
    const waiting = [...open];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) starts.set(next[0], await startOf("up", next[1], folder));
    };
    await Promise.all([work(), work()]);
    settings = readNpmKnowledge((await startOf("up", [], folder)).environment).readSettings([]);
  });

  for (const { description, typed, right } of lines)
    it(`is refused with the line to type: ${description.name} ${typed.join(" ")}`, () => {
      const start = starts.get(typed.join(" "));
      assert.ok(start);
      const environment = { ...start.environment, npm_lifecycle_script: `node run.mjs ${description.name}` };
      const refusal = refused({ ...start, environment }, description, read);
      assert.match(refusal, /Nothing was changed\./);
      const suggested = right === "" ? `What there is: ${npmLine(description.name, ["--help"])}` : right;
      assert.ok(refusal.includes(suggested), refusal);
    });

  it("is known by its name where it is misspelt", async () => {
    const up = named("up");
    assert.match(
      refused(await startOf("up", ["--stakc=prod"], folder), up),
      /up has no option "--stakc"\. Did you mean "--stack"\?\nType: npm run up -- --stack prod$/,
    );
  });

  it("is told from what npm has from its own files", async () => {
    writeFileSync(join(folder, ".npmrc"), "stack=prod\nyes=true\nformat=json\nsass_binary_site=x\n");
    const destroy = named("destroy");
    assert.equal(refused(await startOf("destroy", [], folder), destroy), "");
    assert.match(refused(await startOf("destroy", ["--stack=dev"], folder), destroy), /did not get: --stack\./);
    rmSync(join(folder, ".npmrc"));
  });

  it("is not looked for where another package manager or nobody has started the command", async () => {
    const up = named("up");
    const start = await startOf("up", ["--stack=prod"], folder);
    const others = [{ npm_config_user_agent: "pnpm/9.15.9 npm/? node/v20" }, { npm_lifecycle_script: "node run.mjs test" }];
    for (const other of others) assert.equal(refused({ ...start, environment: { ...start.environment, ...other } }, up), "");
  });
});

describe("a line as it was typed", () => {
  let project: ProjectCopy;
  beforeAll(() => {
    project = copyProject();
  });
  afterAll(() => {
    project.remove();
  });

  const rows: readonly (readonly [typed: string, right: string])[] = [
    ["run destroy --stack=prod", "npm run destroy -- --stack prod"],
    ["run up --preview", "npm run up -- --preview"],
    ["run up --stack=staging", "npm run up -- --stack staging"],
    ["run rollback --to=1", "npm run rollback -- --to 1"],
    ["run gate mc drain --pod mc-0 --undo", "npm run gate -- mc drain --undo --pod mc-0"],
    ["run check json", "npm run check -- --format json"],
  ];
  for (const [typed, right] of rows)
    it(`changes nothing, and is answered with the right one: npm ${typed}`, () => {
      const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
      const { status, stderr } = spawnSync("npm", typed.split(" "), { cwd: project.root, env, encoding: "utf8" });
      assert.equal(status, 2, stderr);
      const words = right.split(" ");
      assert.ok(
        words.every((word) => stderr.includes(word)),
        stderr,
      );
      assert.match(stderr, new RegExp(words.slice(0, 3).join(" ")));
    });

  it("reaches the command whole behind --, and without npm", () => {
    for (const [command, ...args] of [
      ["npm", "run", "--silent", "check", "--", "--stack", "dev"],
      ["./chain", "check", "--stack", "dev"],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: project.root, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^\d+ checks: 0 errors/m);
    }
  });
});

async function startOf(command: string, typed: readonly string[], folder: string): Promise<NpmStart> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
  const { stdout } = await promisify(execFile)("npm", ["run", "--silent", command, ...typed], { cwd: folder, env });
  return startShape.parse(JSON.parse(stdout));
}

/** Why a command does not run on a line; empty when it does. */
function refused(start: NpmStart, description: CommandDescription, read = readNpmKnowledge): string {
  try {
    refuseWhatNpmKept(start, description, read);
    readCommandLine(start.args, description);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
