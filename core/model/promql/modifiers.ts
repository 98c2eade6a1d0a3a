import { literalValue, readOffset, readRange } from "./duration";
import type { Reader } from "./reader";
import type { Expr, Moved } from "./tree";

/** What an expression is without parentheses around it: only so it takes a range, an offset or a time. */
export type Bare = "selector" | "range" | "subquery" | "other";

interface Modified {
  expr: Expr;
  bare: Bare;
  readonly from: number;
}

/** What has been said of a selector, once and no more. */
interface Said {
  offset: boolean;
  at: boolean;
  anchored: boolean;
  smoothed: boolean;
}

const words = ["[", "offset", "@", "anchored", "smoothed"];

/** Whether a modifier stands next. */
export function isModifierNext(reader: Reader): boolean {
  return words.includes(reader.peek().word);
}

/** The expression with what follows it: `[5m]`, `[1h:1m]`, `offset 5m`, `@ end()`, `anchored`. */
export function readModifiers(reader: Reader, modified: Modified): Expr {
  let said: Said = { offset: false, at: false, anchored: false, smoothed: false };
  for (;;) {
    const word = reader.acceptOneOf(words);
    switch (word) {
      case "[":
        said = readBrackets(reader, modified, said);
        break;
      case "offset":
        setOffset(reader, modified, said);
        break;
      case "@":
        setTime(reader, modified, said);
        break;
      case "anchored":
      case "smoothed":
        if (modified.bare === "other" || modified.bare === "subquery") {
          reader.fault(`${word} must follow a selector`, modified.from);
        }
        said[word] = true;
        move(modified, { samples: word });
        if (said.anchored && said.smoothed) reader.fault("anchored and smoothed cannot be used together", modified.from);
        break;
      default:
        return modified.expr;
    }
  }
}

function readBrackets(reader: Reader, modified: Modified, said: Said): Said {
  const start = reader.position();
  const seconds = readRange(reader);
  const written = reader.textSince(start);
  const isSubquery = reader.accept(":");
  const stepStart = reader.position();
  const hasStep = isSubquery && reader.peek().word !== "]";
  const step = hasStep ? (readRange(reader) ?? reader.textSince(stepStart)) : undefined;
  reader.expect("]", "a range");
  if (!isSubquery) {
    if (modified.bare !== "selector") reader.fault("ranges are only of selectors; write [5m:] for a subquery", modified.from);
    if (said.offset || said.at) reader.fault("a range stands before offset and @", modified.from);
  }
  reader.levels += 1;
  reader.limit(reader.levels);
  modified.expr = {
    type: "range",
    of: modified.expr,
    isSubquery,
    ...(seconds === undefined ? { computed: written } : { seconds }),
    ...(step !== undefined && { step }),
  };
  modified.bare = isSubquery ? "subquery" : "range";
  return isSubquery ? { offset: false, at: false, anchored: false, smoothed: false } : said;
}

function setOffset(reader: Reader, modified: Modified, said: Said): void {
  const { bare, from } = modified;
  const start = reader.position();
  const seconds = readOffset(reader);
  if (bare === "other") reader.fault("offset must follow a selector, a range or a subquery", from);
  if (said.offset) reader.fault("offset is set twice", from);
  said.offset = seconds === undefined || Math.round(seconds * 1e9) !== 0; // offset 0 says nothing
  if (said.offset) move(modified, { offset: seconds ?? reader.textSince(start) });
}

function setTime(reader: Reader, modified: Modified, said: Said): void {
  const { bare, from } = modified;
  const start = reader.position();
  const word = reader.acceptOneOf(["start", "end"]);
  if (word === undefined) {
    const sign = reader.acceptOneOf(["+", "-"]);
    const token = reader.peek();
    if (token.kind !== "number" && token.kind !== "duration") reader.unexpected("@", "a time, start() or end()");
    const time = literalValue(reader, reader.next());
    const isVariable = token.text.startsWith("$");
    if (!isVariable && !(Math.abs(time) < 2 ** 63)) reader.fault(`@ ${sign ?? ""}${token.text} is out of range`, token.from);
  } else {
    reader.expect("(", "@");
    reader.expect(")", "@");
  }
  if (bare === "other") reader.fault("@ must follow a selector, a range or a subquery", from);
  if (said.at) reader.fault("@ is set twice", from);
  said.at = true;
  move(modified, { at: reader.textSince(start) });
}

function move(modified: Modified, by: Moved): void {
  const { expr } = modified;
  if (expr.type !== "selector" && expr.type !== "range") return;
  // Not spread: to V8, what is spread and then added to is each of a class of its own.
  modified.expr = Object.assign({}, expr, { moved: { ...expr.moved, ...by } });
}
