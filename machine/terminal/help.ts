import { type CommandDescription, helpOption, lineOf, npmLine, type OptionDescription } from "./command";

/** What `--help` prints. */
export function renderHelp(description: CommandDescription): string {
  const { summary, words = [], options, examples, notes } = description;
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
    ...(examples.length === 0 ? [] : [["Examples", ...examples.map((line) => `  ${exampleLine(description, line)}`)].join("\n")]),
  ];
  return sections.join("\n\n");
}

function renderUsage(description: CommandDescription): string {
  const { name, words = [], options, isOfPackage } = description;
  const needed = words.flatMap(({ word, isRepeated }) => (isRepeated === true ? [] : [word]));
  const repeated = words.flatMap(({ word, isRepeated }) => (isRepeated === true ? [`${word} …`] : []));
  const free = [...repeated, ...(Object.keys(options).length > 0 ? ["options"] : [])];
  const direct = [name, ...needed, ...free.map((text) => `[${text}]`)].join(" ");
  if (isOfPackage === true) return `Usage: npx chain ${direct}`;
  const optional = free.length > 0 ? ` [-- ${free.join(" ")}]` : "";
  const npm = needed.length > 0 ? direct.replace(name, `${npmLine(name)} --`) : `${npmLine(name)}${optional}`;
  return `Usage: ${npm}\n   or: ./chain ${direct}`;
}

function exampleLine(description: CommandDescription, line: string): string {
  return lineOf(
    description,
    line.split(" ").filter((word) => word !== ""),
  );
}

/** An option as a person writes it: `--stack <name>`. */
export function writeOption(option: string, described: OptionDescription): string {
  return described.type === "string" ? `--${option} ${described.value}` : `--${option}`;
}

function describeOption(option: string, described: OptionDescription): readonly [string, string] {
  const standard = described.type === "string" && described.default !== undefined ? `; without it: ${described.default}` : "";
  return [writeOption(option, described), `${described.help}${standard}`];
}
