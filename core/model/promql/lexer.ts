import { Cursor } from "./cursor";
import { scanNumberOrDuration } from "./number";
import { scanString } from "./string";
import { nameToken, sameName, timeWords, type Token } from "./token";

const name = /[A-Za-z_:][A-Za-z0-9_:]*/y;
const labelName = /[A-Za-z_][A-Za-z0-9_]*/y;
const letters = /[A-Za-z_]+/y;
const comment = /#[^\r\n]*/y;
const sign = /==|!=|<=|<\/|<|>=|>\/|>|=(?!~)|[-+*/%^,@]/y;
const matchSign = /=~|=|!~|!=|,/y;
const durationSign = /[-+*/%^,:]/y;

/** Grafana's own durations and numbers, with a unit behind the latter: `$__rate_interval`, `${__range_s}s`. */
const grafana =
  /\$(?:__(?:rate_interval_ms|rate_interval|interval_ms|interval|range_ms|range_s|range)\b|\{__(?:rate_interval_ms|rate_interval|interval_ms|interval|range_ms|range_s|range)\})(?:(?<=_m?s\}?)m?s\b)?/y;

/** How deep in parentheses the text is, and whether it is within braces or brackets, where other signs have a meaning. */
interface Place {
  parentheses: number;
  within: "nothing" | "braces" | "brackets";
  /** Whether comments may stand here: within brackets only behind the first number. */
  comments: boolean;
}

/**
 * The tokens of a PromQL text, as Prometheus' lexer finds them (promql/parser/lex.go). The last one is the end, or an
 * error: what follows that is not read. Comments are left out.
 */
export function tokenize(text: string): readonly Token[] {
  const cursor = new Cursor(text);
  const place: Place = { parentheses: 0, within: "nothing", comments: true };
  const tokens: Token[] = [];
  for (;;) {
    cursor.skipSpace();
    if (cursor.peek() === "#" && place.comments) {
      cursor.match(comment);
      continue;
    }
    const token = nextToken(cursor, place);
    tokens.push(token);
    if (token.kind === "end" || token.kind === "error") return tokens;
  }
}

function nextToken(cursor: Cursor, place: Place): Token {
  const from = cursor.at;
  const next = cursor.peek();
  if (next === "") return atEnd(place, from);
  if ((next === '"' || next === "'" || next === "`") && place.within !== "brackets") {
    const wrong = scanString(cursor);
    return wrong === undefined
      ? { kind: "string", text: cursor.text.slice(from, cursor.at), word: "", from }
      : errorToken(wrong, Math.min(cursor.at, cursor.text.length));
  }
  switch (place.within) {
    case "braces":
      return inBraces(cursor, place, from) ?? errorToken(`unexpected ${JSON.stringify(next)} within braces`, from);
    case "brackets":
      return inBrackets(cursor, place, from) ?? errorToken(`unexpected ${JSON.stringify(next)} within brackets`, from);
    case "nothing":
      return outside(cursor, place, from) ?? errorToken(`unexpected ${JSON.stringify(next)}`, from);
  }
}

function atEnd({ within, parentheses }: Place, from: number): Token {
  if (within === "braces") return errorToken("a { is not closed", from);
  if (parentheses > 0) return errorToken("a ( is not closed", from);
  if (within === "brackets") return errorToken("a [ is not closed", from);
  return { kind: "end", text: "", word: "", from };
}

function errorToken(text: string, from: number): Token {
  return { kind: "error", text, word: "", from };
}

function signToken(text: string, from: number): Token {
  return { kind: "sign", text, word: text, from };
}

function inBraces(cursor: Cursor, place: Place, from: number): Token | undefined {
  if (cursor.accept("}")) {
    place.within = "nothing";
    return signToken("}", from);
  }
  const text = cursor.match(labelName);
  if (text !== undefined) return { kind: "identifier", text: sameName(text), word: "", from };
  const found = cursor.match(matchSign);
  return found === undefined ? undefined : signToken(found, from);
}

/** Brackets hold a duration, which may be computed. */
function inBrackets(cursor: Cursor, place: Place, from: number): Token | undefined {
  if (cursor.is("[{")) return undefined;
  const text = cursor.match(letters);
  if (text === undefined) return common(cursor, place, from, durationSign);
  const word = text.toLowerCase();
  return timeWords.has(word) && word !== "start" && word !== "end" ? { kind: "keyword", text, word, from } : undefined;
}

function outside(cursor: Cursor, place: Place, from: number): Token | undefined {
  const text = cursor.match(name);
  if (text === undefined) return common(cursor, place, from, sign);
  return nameToken(text, from, cursor);
}

/** Whether a digit stands here, or a dot and a digit. */
function isNumber({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at) === 46 ? text.charCodeAt(at + 1) : text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** What looks alike outside and within brackets. */
function common(cursor: Cursor, place: Place, from: number, signs: RegExp): Token | undefined {
  const variable = cursor.peek() === "$" ? cursor.match(grafana) : undefined;
  if (variable !== undefined) {
    place.comments = true;
    return { kind: "duration", text: variable, word: "", from };
  }
  if (isNumber(cursor)) {
    place.comments = true;
    const kind = scanNumberOrDuration(cursor);
    const text = cursor.text.slice(from, cursor.at);
    return kind
      ? { kind, text, word: "", from }
      : { kind: "error", text: `"${text}${cursor.peek()}" is neither a number nor a duration`, word: "", from };
  }
  return bracket(cursor, place, from) ?? signOf(cursor.match(signs), from);
}

function signOf(found: string | undefined, from: number): Token | undefined {
  return found === undefined ? undefined : signToken(found, from);
}

function bracket(cursor: Cursor, place: Place, from: number): Token | undefined {
  const found = cursor.peek();
  switch (found) {
    case "(":
      place.parentheses += 1;
      break;
    case ")":
      place.parentheses -= 1;
      if (place.parentheses < 0) return undefined;
      break;
    case "{":
      place.within = "braces";
      break;
    case "[":
      place.within = "brackets";
      place.comments = false;
      break;
    case "]":
      if (place.within !== "brackets") return undefined;
      place.within = "nothing";
      place.comments = true;
      break;
    default:
      return undefined;
  }
  cursor.at += 1;
  return signToken(found, from);
}
