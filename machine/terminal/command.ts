/** An option that takes no value. */
export interface FlagDescription {
  readonly type: "boolean";
  /** What it does, as the help says it: in lower case, without a full stop. */
  readonly help: string;
}

/** An option that takes a value. */
export interface ValueDescription {
  readonly type: "string";
  /** How the help names the value: `<name>`. */
  readonly value: `<${string}>`;
  readonly help: string;
  readonly default?: string;
  /** The only values that there are. */
  readonly choices?: readonly string[];
  /** Whether a word is probably a value of this option, to recognise one that stands in the wrong place. */
  readonly fits?: (word: string) => boolean;
}

/** An option of a command. */
export type OptionDescription = FlagDescription | ValueDescription;

/** A word that a command takes beside its options, in its order. */
export interface WordDescription {
  readonly word: `<${string}>`;
  readonly help: string;
  /** Only the last one can be repeated. */
  readonly isRepeated?: boolean;
}

/** All that is to be known of a command: its help, its errors and its line in the README come from here. */
export interface CommandDescription {
  /** As it is typed: `npm run <name>`, `./chain <name>`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly words?: readonly WordDescription[];
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** What stands after the command's name, in lines that people type. */
  readonly examples: readonly string[];
  /** What else the help says, below the options. */
  readonly notes?: string;
  /** Started by other programs: not in the README. */
  readonly isInternal?: boolean;
  /** A command of the package, not of this repository: typed as `npx chain <name>`. */
  readonly isOfPackage?: boolean;
}

/** An option that every command has. */
export const helpOption = { help: { type: "boolean", short: "h", help: "show this, and do nothing" } } as const;

/** The line to type for a command. */
export function lineOf({ name, isOfPackage }: CommandDescription, words: readonly string[] = []): string {
  return isOfPackage === true ? ["npx chain", name, ...words.map(quote)].join(" ") : npmLine(name, words);
}

/** The line to type for a command through npm, which keeps for itself what stands before `--`. */
export function npmLine(name: string, words: readonly string[] = []): string {
  const start = name === "test" ? "npm test" : `npm run ${name}`;
  return words.length === 0 ? start : `${start} -- ${words.map(quote).join(" ")}`;
}

/** The same line for one stack; `dev` is the one that needs no name. */
export function npmLineFor(name: string, stackName: string, words: readonly string[] = []): string {
  return npmLine(name, [...(stackName === "dev" ? [] : ["--stack", stackName]), ...words]);
}

function quote(word: string): string {
  return /^[\w@%+=:,./<>|-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
