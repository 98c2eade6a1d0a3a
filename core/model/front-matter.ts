import { isMap, parseDocument } from "yaml";

/**
 * The Markdown with blank lines in place of its front matter, YAML between `---` or TOML between `+++`, which is no part
 * of the text; every line keeps its number. A rule or a heading that only looks like one stays.
 */
export function withoutFrontMatter(markdown: string): string {
  const text = markdown.replace(/^\uFEFF/, "");
  if (!/^(?:---|\+\+\+)\s*\n/.test(text)) return text;
  const lines = text.split("\n");
  const last = lastLineOfFrontMatter(lines.map((line) => line.trimEnd()));
  return lines.map((line, index) => (index <= last ? "" : line)).join("\n");
}

/** The texts and numbers that front matter gives to a page, by their keys; YAML only, and none of what cannot be read. */
export function frontMatterOf(markdown: string): Readonly<Record<string, string>> {
  const text = markdown.replace(/^\uFEFF/, "");
  if (!text.startsWith("---")) return {};
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  if (lines[0] !== "---") return {};
  const { contents, errors } = parseDocument(lines.slice(1, Math.max(1, lastLineOfFrontMatter(lines))).join("\n"), {
    logLevel: "silent",
  });
  if (errors.length > 0 || !isMap(contents)) return {};
  const pairs = Object.entries(contents.toJSON() as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    pairs.flatMap(([key, value]) => (typeof value === "string" || typeof value === "number" ? [[key, String(value)]] : [])),
  );
}

function lastLineOfFrontMatter(lines: readonly string[]): number {
  const [first] = lines;
  const isYaml = first === "---";
  if (!isYaml && first !== "+++") return -1;
  const end = lines.findIndex((line, index) => index > 0 && (line === first || (isYaml && line === "...")));
  const within = lines.slice(1, Math.max(end, 1));
  const isEntry = isYaml ? isYamlLine : isTomlLine;
  // Between two rules, a heading looks like a comment: without a key it is text, as MkDocs has it too.
  const hasKey = within.some((line) => (isYaml ? yamlKey : tomlKey).test(line));
  if (end <= 0) return -1;
  return (hasKey && within.every(isEntry)) || (isYaml && isMapping(within.join("\n"))) ? end : -1;
}

/** What is read as keys and values, in whatever form of YAML. What is hardly YAML is recognised by its lines. */
function isMapping(text: string): boolean {
  const { contents, errors } = parseDocument(text, { logLevel: "silent" });
  return errors.length === 0 && isMap(contents);
}

const yamlKey = /^["']?[\w. /-]+["']?\s*:(\s|$)/;
const tomlKey = /^\[|^["']?[\w. -]+["']?\s*=/;

/** A key, or what belongs to the one above: a list, a comment, an indented or an empty line. */
function isYamlLine(line: string): boolean {
  return yamlKey.test(line) || /^$|^[\s#-]|^[\]}]/.test(line);
}

function isTomlLine(line: string): boolean {
  return tomlKey.test(line) || /^$|^[\s#\]]/.test(line);
}
