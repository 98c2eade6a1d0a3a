import { durationValue, longestSeconds, numberValue } from "./number";
import type { Reader } from "./reader";
import type { Token } from "./token";

const precedence: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "^": 3 };
const asTightAsPower = 3;

/** A duration in seconds, or undefined where it is computed. */
type Seconds = number | undefined;

/** The value of a number or a duration; a duration counts in seconds, and Grafana's variables are unknown numbers. */
export function literalValue(reader: Reader, { kind, text, from }: Token): number {
  if (text.startsWith("$")) {
    reader.variables.push(text);
    return NaN;
  }
  const value = kind === "duration" ? durationValue(text) : numberValue(text);
  if (value === undefined) reader.fault(`${text} is no ${kind}${kind === "duration" ? " such as 90s or 1h30m" : ""}`, from);
  return value ?? 1;
}

/** A duration within brackets, which may be computed from others: `5m`, `2 * step()`. It must be above 0. */
export function readRange(reader: Reader): Seconds {
  const { from } = reader.peek();
  const seconds = readComputed(reader, 0);
  if (seconds !== undefined && seconds <= 0) reader.fault("a duration must be greater than 0", from);
  return seconds;
}

/** What follows `offset`: a signed duration. Operators behind it belong to the expression, unless it is in parentheses. */
export function readOffset(reader: Reader): Seconds {
  const first = reader.peek();
  if (first.word === "(") return readComputed(reader, 0);
  if (first.word !== "+" && first.word !== "-") return readAtom(reader, first.from);
  const second = reader.peek(1);
  if (second.word === "+" || second.word === "-") return readComputed(reader, 0);
  reader.next();
  const seconds = readAtom(reader, first.from);
  return seconds !== undefined && first.word === "-" ? -seconds : seconds;
}

function readComputed(reader: Reader, minimum: number): Seconds {
  reader.enter();
  let left = readSigned(reader);
  for (;;) {
    const operator = reader.peek();
    const own = precedence[operator.word];
    if (own === undefined || own < minimum) {
      reader.leave();
      return left;
    }
    reader.next();
    const right = readComputed(reader, operator.word === "^" ? own : own + 1);
    if ((operator.word === "/" || operator.word === "%") && right === 0) reader.fault("division by zero", operator.from);
    left = undefined;
  }
}

function readSigned(reader: Reader): Seconds {
  const { from } = reader.peek();
  const sign = reader.acceptOneOf(["+", "-"]);
  if (sign === undefined) return readAtom(reader, from);
  const seconds = readComputed(reader, asTightAsPower);
  return seconds !== undefined && sign === "-" ? -seconds : seconds;
}

function readAtom(reader: Reader, from: number): Seconds {
  const token = reader.peek();
  if (token.kind === "number" || token.kind === "duration") {
    const seconds = literalValue(reader, reader.next());
    reader.durations.push({ from: token.from, to: reader.end() });
    if (Math.abs(seconds) > longestSeconds) reader.fault("the duration is out of range", from);
    return token.text.startsWith("$") ? undefined : seconds;
  }
  if (reader.accept("(")) {
    readComputed(reader, 0);
    reader.expect(")", "a duration");
    return undefined;
  }
  const word = reader.acceptOneOf(["step", "range", "max_of", "min_of"]);
  if (word === undefined) reader.unexpected("a duration", "a number, a duration, step() or range()");
  reader.expect("(", "a duration");
  if (word === "max_of" || word === "min_of") {
    readComputed(reader, 0);
    reader.expect(",", "a duration");
    readComputed(reader, 0);
  }
  reader.expect(")", "a duration");
  return undefined;
}
