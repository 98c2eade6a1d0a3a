/** GitHub refuses a longer comment. */
export const commentLimit = 65_536;

/** A part of a comment that may be shortened: its lines are left out from the end, its head and its tail stay. */
export interface Block {
  readonly head: string;
  readonly lines: readonly string[];
  readonly tail: string;
  /** What is said in the place of the lines that are left out. */
  readonly more: (left: number) => string;
}

/** A part that is shown whole or not at all. */
export function whole(text: string): Block {
  return { head: text, lines: [], tail: "", more: () => "" };
}

/** The blocks one below the other in at most so many characters: the first ones whole, then what fits. */
export function joinWithin(limit: number, blocks: readonly Block[], leftOut: string): string {
  const parts: string[] = [];
  let room = limit - leftOut.length - "\n\n\n".length;
  let isCut = false;
  for (const block of blocks) {
    const text = shorten(block, room);
    isCut ||= text === undefined;
    if (text === undefined) continue;
    parts.push(text);
    room -= text.length + 2;
  }
  return `${[...parts, ...(isCut ? [leftOut] : [])].join("\n\n")}\n`;
}

function shorten({ head, lines, tail, more }: Block, room: number): string | undefined {
  const assemble = (shown: readonly string[]): string => [head, ...shown, ...(tail === "" ? [] : [tail])].join("\n");
  const everything = assemble(lines);
  if (everything.length <= room) return everything;
  const shown: string[] = [];
  let used = assemble([more(lines.length)]).length;
  if (lines.length === 0 || used > room) return undefined;
  for (const line of lines) {
    used += line.length + 1;
    if (used > room) break;
    shown.push(line);
  }
  return assemble([...shown, more(lines.length - shown.length)]);
}

/** Text in a table's cell that stays text: no markup, no link, nobody mentioned. */
export function cell(text: string): string {
  return clip(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("@", "@\u200b");
}

/** Text in a table's cell as code. */
export function code(text: string): string {
  return `\`${clip(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

/** A fenced block, whatever fences are in it. */
export function fenced(language: string, text: string): Block {
  let fence = "```";
  while (text.includes(fence)) fence += "`";
  return { head: fence + language, lines: text.split("\n"), tail: fence, more: (left) => `… and ${left} lines more` };
}

/** A block that is folded until somebody opens it. */
export function folded(title: string, { head, lines, tail, more }: Block): Block {
  return { head: `<details><summary>${title}</summary>\n\n${head}`, lines, tail: `${tail}\n\n</details>`, more };
}

const longestCell = 200;

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= longestCell ? line : `${line.slice(0, longestCell - 2)} …`;
}
