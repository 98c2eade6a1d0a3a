import { parseArgs } from "node:util";
import { UsageError } from "../system/user-error";
import { nearestName } from "../../core/model/suggestion";
import { type CommandDescription, helpOption, lineOf } from "./command";

/** What was typed after a command's name: the options, each with its default, and the words beside them. */
export interface CommandLine<Described extends CommandDescription> {
  readonly values: OptionValues<Described>;
  readonly words: readonly string[];
}

/** The values of a command's options, by name. */
export type OptionValues<Described extends CommandDescription> = ReturnType<
  typeof parseArgs<{ options: Described["options"] & typeof helpOption; strict: true; allowPositionals: true }>
>["values"];

/** Reads what was typed after a command's name. Whatever is wrong with it is refused at once, with what is right. */
export function readCommandLine<const Described extends CommandDescription>(
  args: readonly string[],
  description: Described,
): CommandLine<Described> {
  const options: Described["options"] & typeof helpOption = { ...description.options, ...helpOption };
  const problems = findProblems(args, description);
  if (problems.length > 0)
    throw new UsageError(`${problems.join("\n")}\nNothing was changed. What there is: ${lineOf(description, ["--help"])}`);
  const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  return { values, words: positionals };
}

function findProblems(args: readonly string[], description: CommandDescription): readonly string[] {
  const options = { ...description.options, ...helpOption };
  const { tokens, positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = tokens.filter((token) => token.kind === "option");
  const problems = given.flatMap(({ name, rawName, value, inlineValue }, index) => {
    const described = Object.hasOwn(options, name) ? (description.options[name] ?? helpOption.help) : undefined;
    if (described === undefined) return [unknownOption(rawName, description)];
    if (given.findIndex((other) => other.name === name) < index) return [`--${name} is there twice.`];
    if (described.type === "boolean") return value === undefined ? [] : [`--${name} takes no value, and got "${value}".`];
    if (value === undefined || (value.startsWith("-") && !inlineValue))
      return [`--${name} needs a value: --${name} ${described.value}`];
    if (described.choices && !described.choices.includes(value))
      return [`There is no ${name} "${value}". Allowed: ${described.choices.join(", ")}.`];
    return [];
  });
  // After an option that is not known, nobody can tell whose a word is.
  return problems.length > 0 ? problems : strayWords(positionals, description);
}

/** That there is no such option, with the one that may be meant. */
export function unknownOption(option: string, { name, options }: CommandDescription): string {
  const nearest = nearestName(
    option,
    [...Object.keys(options), ...Object.keys(helpOption)].map((known) => `--${known}`),
  );
  return `${name} has no option "${option}".${nearest === undefined ? "" : ` Did you mean "${nearest}"?`}`;
}

function strayWords(words: readonly string[], description: CommandDescription): readonly string[] {
  const { name, words: taken = [] } = description;
  if (taken.at(-1)?.isRepeated === true) return [];
  // npm 11 takes `--format` for an option of its own and leaves its value among the words, without any other trace.
  const surplus = words.slice(taken.length);
  const [stray, ...others] = surplus.length > 0 ? surplus : words.filter((word) => optionOf(word, description) !== undefined);
  if (stray === undefined) return [];
  const option = optionOf(stray, description);
  const meant = option === undefined || others.length > 0 ? "" : ` Did you mean: ${lineOf(description, [`--${option}`, stray])}`;
  const takes = taken.length === 0 ? "takes no words beside its options" : `takes ${taken.map(({ word }) => word).join(" ")}`;
  return [`${name} ${takes}: "${[stray, ...others].join(" ")}" is too much.${meant}`];
}

/** The option that a word is probably a value of. */
export function optionOf(word: string, { options }: CommandDescription): string | undefined {
  return Object.entries(options).find(
    ([, option]) => option.type === "string" && (option.choices?.includes(word) === true || option.fits?.(word) === true),
  )?.[0];
}
