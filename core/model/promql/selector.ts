import { emptyMatches, regexFault } from "./regex";
import type { Reader } from "./reader";
import { stringValue } from "./string";
import { isMetricName, sameName } from "./token";
import type { Matcher, PlacedMatcher, Selector } from "./tree";

const name = "__name__";
const noMatchers: readonly PlacedMatcher[] = [];

/** A selector: a name, matchers in braces, or both. */
export function readSelector(reader: Reader): Selector {
  const first = reader.peek();
  const metric = isMetricName(first) ? reader.next().text : undefined;
  const all = reader.peek().word === "{" ? readMatchers(reader) : noMatchers;
  const names = all.filter(({ label }) => label === name);
  if (metric !== undefined && names.length > 0) reader.fault(`the metric's name must not be set twice: ${metric}`, first.from);
  return {
    type: "selector",
    metric: metric ?? names.find(({ op }) => op === "=")?.value ?? "",
    matchers: names.length === 0 ? all : all.filter(({ label }) => label !== name),
    ...(saysMore(names) && { names }),
    isSelective: metric !== undefined || all.some((matcher) => !emptyMatches(matcher)),
    isOnlyBraces: metric === undefined,
    from: first.from,
    to: reader.end(),
  };
}

/** Whether the matchers of the name say more than one name. */
function saysMore(names: readonly PlacedMatcher[]): boolean {
  return names.length > 1 || names.some(({ op, value }) => op !== "=" || value === "");
}

function readMatchers(reader: Reader): readonly PlacedMatcher[] {
  const where = "label matching";
  const matchers: PlacedMatcher[] = [];
  reader.next();
  while (!reader.accept("}")) {
    matchers.push(readMatcher(reader, where));
    if (!reader.accept(",") && reader.peek().word !== "}") reader.unexpected(where, '"," or "}"');
  }
  return matchers.slice();
}

function readMatcher(reader: Reader, where: string): PlacedMatcher {
  const label = reader.peek();
  if (label.kind !== "string" && label.kind !== "identifier") reader.unexpected(where, 'a label or "}"');
  reader.next();
  const op = reader.acceptOneOf(["=", "!=", "=~", "!~"]);
  if (op === undefined) {
    if (label.kind !== "string") reader.unexpected(where, "an operator such as = or =~");
    return { label: name, op: "=", value: stringValue(label.text), from: label.from, to: reader.end() };
  }
  const literal = reader.peek();
  if (literal.kind !== "string") reader.unexpected(where, "a string");
  reader.next();
  const value = sameName(stringValue(literal.text));
  const wrong = op.includes("~") ? regexFault(value) : undefined;
  if (wrong !== undefined) reader.fault(wrong, literal.from);
  const written = label.kind === "string" ? stringValue(label.text) : label.text;
  return { label: written, op: matchOp(op), value, from: label.from, to: reader.end() };
}

function matchOp(text: string): Matcher["op"] {
  return text === "!=" || text === "=~" || text === "!~" ? text : "=";
}
