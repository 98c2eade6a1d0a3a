// What is written in a TypeScript file, read without running it.

/** What a constant of the file is; other text as it is. `as const` says nothing here. */
export function constant(text: string, value: string): string {
  const name = /^[A-Za-z_$][\w$]*$/.exec(value)?.[0];
  const declared = name === undefined ? null : new RegExp(`\\bconst ${name.replaceAll("$", "\\$")}\\b[^=]*=\\s*`).exec(text);
  const found = declared ? enclosed(text, declared.index + declared[0].length) : value;
  return found.replace(/\s+as const$/, "");
}

/** The strings and numbers of a list; undefined of what is no list of those alone. */
export function literals(list: string): readonly string[] | undefined {
  if (!list.startsWith("[")) return undefined;
  const items = splitAtCommas(list.slice(1, -1));
  const values = items.map((item) => /^(["'`])((?:(?!\1|\\|\$\{)[\s\S])*)\1$|^(-?[\d.][\w.+-]*)$/.exec(item));
  return values.every((value) => value !== null) ? values.map((value) => value[2] ?? value[3] ?? "") : undefined;
}

/** The properties of an object, each with the text of its value. */
export function entriesOf(object: string): ReadonlyMap<string, string> {
  const entries = splitAtCommas(object.slice(1, -1)).map((entry): [string, string] => {
    const [, key, value] = /^["']?([\w$]+)["']?\s*:\s*([\s\S]*)$/.exec(entry) ?? [];
    return key === undefined ? [entry, entry] : [key, (value ?? "").replace(/\s+as const$/, "")]; // `buckets` alone is its own value
  });
  return new Map(entries);
}

/** The text from an opening bracket to the one that closes it; empty where none opens. */
export function enclosed(text: string, from: number): string {
  let depth = 0;
  for (const { at, char } of codeOf(text, from)) {
    if ("{[(".includes(char)) depth += 1;
    else if ("}])".includes(char)) depth -= 1;
    if (depth === 0) return "{[(".includes(text[from] ?? " ") ? text.slice(from, at + 1) : "";
  }
  return "";
}

/** The parts between the commas that stand in no bracket, without comments. */
export function splitAtCommas(text: string): readonly string[] {
  const cuts: number[] = [];
  let depth = 0;
  for (const { at, char } of codeOf(text, 0)) {
    if ("{[(".includes(char)) depth += 1;
    else if ("}])".includes(char)) depth -= 1;
    else if (char === "," && depth === 0) cuts.push(at);
  }
  const parts = [-1, ...cuts].map((cut, index) => text.slice(cut + 1, cuts[index] ?? text.length));
  const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
  return parts.map((part) => part.replace(comments, "").trim()).filter((part) => part !== "");
}

/** The characters that are code: not those of strings and comments. */
function* codeOf(text: string, from: number): Generator<{ readonly at: number; readonly char: string }> {
  const strings = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//y;
  for (let at = from; at < text.length; at++) {
    strings.lastIndex = at;
    const skipped = strings.exec(text)?.[0].length ?? 0;
    if (skipped > 0) at += skipped - 1;
    else yield { at, char: text[at] ?? "" };
  }
}
