import { UsageError } from "../system/user-error";
import { nearestName } from "../../core/model/suggestion";
import { type CommandDescription, helpOption, lineOf } from "./command";
import { optionOf, unknownOption } from "./command-line";
import { readNpmKnowledge, type NpmKnowledge } from "./npm-knowledge";

/** A command line as this process got it, and the environment in which npm leaves what it kept of it. */
export interface NpmStart {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** An option that npm has: as it was typed, as npm understood it, and what npm passes on as its value. */
interface Kept {
  readonly option: string;
  readonly npmName: string;
  readonly value: string;
}

/**
 * Refuses a line of which npm has kept options for itself: in `npm run up --stack=prod`, everything before a `--` is npm's,
 * and the command would see none of it. Says the line to type instead.
 */
export function refuseWhatNpmKept(start: NpmStart, description: CommandDescription, read = readNpmKnowledge): void {
  if (!isStartedByNpm(start.environment, description)) return;
  const knowledge = read(start.environment);
  const suspects = findSuspects(start.environment, description, knowledge);
  if (suspects.length === 0) return;
  // Nobody has typed what npm has from its files, or from the environment that it was started in.
  const settings = knowledge.readSettings(suspects.map(({ npmName }) => npmName));
  const kept = suspects.filter(({ npmName, value }) => settings.get(npmName) !== value);
  if (kept.length === 0) return;
  const { line, unknown } = rewriteLine(kept, start.args, description);
  throw new UsageError(
    [
      `npm keeps the options before "--" for itself, so ${description.name} did not get: ${kept.map(({ option }) => `--${option}`).join(", ")}. Nothing was changed.`,
      ...unknown.map((name) => unknownOption(`--${name}`, description)),
      line === undefined ? `What there is: ${lineOf(description, ["--help"])}` : `Type: ${line}`,
    ].join("\n"),
  );
}

// Not a command that another one has started, which inherits what npm has told that one.
function isStartedByNpm(environment: NodeJS.ProcessEnv, { name }: CommandDescription): boolean {
  const { npm_config_user_agent: agent = "", npm_lifecycle_script: script = "", npm_command: command } = environment;
  if (!agent.startsWith("npm/")) return false;
  const words = script.replaceAll(/['"]/g, "").split(/[\s/]+/);
  const at = words.findIndex((word) => word === "run.mjs" || word === "chain");
  return at >= 0 && (words[at + 1] === name || (command === "exec" && at === words.length - 1));
}

// npm tells these to everything that it starts, and they are no options of its own.
const alwaysThere = ["local-prefix", "global-prefix", "npm-version", "node-gyp"];

/** What may have stood on the line: the command's own options, what npm does not know, and `--dry-run`, which `npm run` ignores. */
function findSuspects(
  environment: NodeJS.ProcessEnv,
  { options }: CommandDescription,
  { isOfNpm }: NpmKnowledge,
): readonly Kept[] {
  const own = [...Object.keys(options), ...Object.keys(helpOption)];
  return Object.entries(environment).flatMap(([variable, value = ""]) => {
    const npmName = /^npm_config_(.+)$/.exec(variable)?.[1]?.replaceAll("_", "-");
    if (npmName === undefined || alwaysThere.includes(npmName)) return [];
    if (own.includes(npmName) || npmName === "dry-run" || !isOfNpm(npmName)) return [{ option: npmName, npmName, value }];
    // npm 11 takes the beginning of one of its own names for the whole: `--to` is `--token-description`.
    const begun = own.find((option) => npmName.startsWith(option));
    return begun === undefined ? [] : [{ option: begun, npmName, value }];
  });
}

/** The line with all that was typed behind `--`, unless an option on it cannot be known; and the options that the command does not have. */
function rewriteLine(
  kept: readonly Kept[],
  args: readonly string[],
  description: CommandDescription,
): { readonly line: string | undefined; readonly unknown: readonly string[] } {
  const names = [...Object.keys(description.options), ...Object.keys(helpOption)];
  const meant = kept.flatMap(({ option, value }) => {
    const name = names.includes(option) ? option : nearestName(option, names);
    return name === undefined ? [] : [{ name, value }];
  });
  const lacking = meant.flatMap(({ name, value }) =>
    description.options[name]?.type === "string" && value === "true" ? [name] : [],
  );
  const words = giveWords(lacking, args, description);
  const typed = meant.flatMap(({ name, value }) => writeKept(name, words.get(name) ?? value, description));
  const given = [...words.values()];
  const spare = lacking.length - given.length;
  const rest = args.filter((arg) => !given.includes(arg));
  return {
    line: meant.length < kept.length ? undefined : lineOf(description, [...rest.slice(0, rest.length - spare), ...typed]),
    unknown: kept.flatMap(({ option }) => (names.includes(option) ? [] : [option])),
  };
}

function writeKept(name: string, value: string, { options }: CommandDescription): readonly string[] {
  const described = options[name];
  if (described?.type !== "string") return value === "" ? [] : [`--${name}`];
  // npm puts an empty line between the values of an option that stands there twice.
  const last = value.split("\n\n").at(-1) ?? "";
  return [`--${name}`, ["", "true"].includes(last) || hasPassword(last) ? described.value : last];
}

function hasPassword(value: string): boolean {
  return /^\w+:\/\/[^/]*:[^/]*@/.test(value);
}

/** Which word is the value of which option, where npm has parted them: `--stack prod`. Only what is certain. */
function giveWords(
  lacking: readonly string[],
  args: readonly string[],
  description: CommandDescription,
): ReadonlyMap<string, string> {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const known = words.flatMap((word) => {
    const option = optionOf(word, description);
    return option !== undefined && lacking.includes(option) ? [[option, word] as const] : [];
  });
  const [open, ...others] = lacking.filter((name) => known.every(([option]) => option !== name));
  const last = words.filter((word) => known.every(([, given]) => given !== word)).at(-1);
  return new Map(open !== undefined && last !== undefined && others.length === 0 ? [...known, [open, last]] : known);
}
