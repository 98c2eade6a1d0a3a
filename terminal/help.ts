import { type CommandDescription, helpOption, npmLine, type OptionDescription } from "./command";

/** What `--help` prints. */
export function renderHelp(description: CommandDescription): string {
  const { name, summary, words = [], options, examples, notes } = description;
  const rows = [
    ...words.map(({ word, help }) => [word, help] as const),
    ...Object.entries({ ...options, ...helpOption }).map(([option, described]) => describeOption(option, described)),
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  const sections = [
    renderUsage(description),
    summary,
    rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`).join("\n"),
    ...(notes === undefined ? [] : [notes]),
    ...(examples.length === 0 ? [] : [["Examples", ...examples.map((line) => `  ${exampleLine(name, line)}`)].join("\n")]),
  ];
  return sections.join("\n\n");
}

function renderUsage({ name, words = [], options }: CommandDescription): string {
  const needed = words.flatMap(({ word, isRepeated }) => (isRepeated === true ? [] : [word]));
  const repeated = words.flatMap(({ word, isRepeated }) => (isRepeated === true ? [`${word} …`] : []));
  const free = [...repeated, ...(Object.keys(options).length > 0 ? ["options"] : [])];
  const chain = ["./chain", name, ...needed, ...free.map((text) => `[${text}]`)].join(" ");
  if (needed.length > 0)
    return `Usage: ${[npmLine(name), "--", ...needed, ...free.map((text) => `[${text}]`)].join(" ")}\n   or: ${chain}`;
  return `Usage: ${npmLine(name)}${free.length > 0 ? ` [-- ${free.join(" ")}]` : ""}\n   or: ${chain}`;
}

/** An example as it is typed through npm. */
export function exampleLine(name: string, line: string): string {
  return line === "" ? npmLine(name) : `${npmLine(name)} -- ${line}`;
}

/** An option as a person writes it: `--stack <name>`. */
export function writeOption(option: string, described: OptionDescription): string {
  return described.type === "string" ? `--${option} ${described.value}` : `--${option}`;
}

function describeOption(option: string, described: OptionDescription): readonly [string, string] {
  const standard = described.type === "string" && described.default !== undefined ? `; without it: ${described.default}` : "";
  return [writeOption(option, described), `${described.help}${standard}`];
}
