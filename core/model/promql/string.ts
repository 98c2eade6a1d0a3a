import type { Cursor } from "./cursor";

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** One character of a quoted string, or one of Go's escapes; only the string's own quote can be escaped. */
const character = /[^\\\n]|\\(?:[abfnrtv\\"']|[0-7]{3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})/y;

/** Many characters that no string ends with and nothing is wrong with. */
const harmless = /[^\\\n"'\ufffd]+/y;

/** Steps over a string; its quote stands at the cursor. Returns what is wrong with it. */
export function scanString(cursor: Cursor): string | undefined {
  const quote = cursor.peek();
  cursor.at += 1;
  if (quote === "`") return scanRaw(cursor);
  for (;;) {
    cursor.match(harmless);
    if (cursor.accept(quote)) return undefined;
    const found = cursor.match(character);
    if (found === "\ufffd") return "invalid UTF-8 in a string";
    const wrong = found === undefined ? wrongCharacter(cursor) : wrongEscape(found, quote);
    if (wrong !== undefined) return wrong;
  }
}

function scanRaw(cursor: Cursor): string | undefined {
  const end = cursor.text.indexOf("`", cursor.at);
  if (end < 0) return "a string that begins with ` does not end";
  const text = cursor.text.slice(cursor.at, end);
  cursor.at = end + 1;
  return text.includes("\ufffd") ? "invalid UTF-8 in a string" : undefined;
}

function wrongCharacter(cursor: Cursor): string {
  if (cursor.peek() !== "\\") return "a string does not end on its line";
  return `unknown escape ${cursor.text.slice(cursor.at, cursor.at + 2)} in a string; a backslash is written \\\\, or the string in backticks`;
}

function wrongEscape(found: string, quote: string): string | undefined {
  if (!found.startsWith("\\")) return undefined;
  const escaped = found.slice(1);
  const isOtherQuote = (escaped === '"' || escaped === "'") && escaped !== quote;
  const value = /^[uU]/.test(escaped) ? parseInt(escaped.slice(1), 16) : /^[0-7]/.test(escaped) ? parseInt(escaped, 8) : 0;
  const isInvalid = value > (/^[0-7]/.test(escaped) ? 0xff : 0x10ffff) || (value >= 0xd800 && value < 0xe000);
  return isOtherQuote || isInvalid ? `invalid escape ${found} in a string` : undefined;
}

/** What a string literal that the lexer has taken stands for. Bytes that are no UTF-8 become U+FFFD. */
export function stringValue(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`") || !inner.includes("\\")) return inner;
  const bytes: Buffer[] = [];
  for (const [, plain, escaped = ""] of inner.matchAll(/([^\\]+)|\\([0-7]{3}|x..|u....|U.{8}|.)/gs)) {
    bytes.push(plain === undefined ? unescape(escaped) : Buffer.from(plain));
  }
  return Buffer.concat(bytes).toString("utf8");
}

function unescape(escaped: string): Buffer {
  if (/^[0-7]{3}/.test(escaped)) return Buffer.from([parseInt(escaped, 8)]);
  if (/^x./.test(escaped)) return Buffer.from([parseInt(escaped.slice(1), 16)]);
  if (/^[uU]./.test(escaped)) return Buffer.from(String.fromCodePoint(parseInt(escaped.slice(1), 16)));
  return Buffer.from(escapes[escaped] ?? escaped);
}
