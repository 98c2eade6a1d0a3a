import { literalValue } from "./duration";
import { readLabels } from "./labels";
import type { Reader } from "./reader";
import type { Binary } from "./tree";

/** What stands behind an operator and before its right side: `bool`, `on (…)`, `group_left (…)`, `fill (…)`. */
export function readOperatorModifiers(reader: Reader): Pick<Binary, "bool" | "matching" | "matchingSpan" | "group" | "isFilled"> {
  const bool = reader.accept("bool");
  const before = reader.end();
  const { word, from: next } = reader.peek();
  const from = word === "on" || word === "ignoring" ? next : before;
  const matching = readMatching(reader);
  const matchingSpan = { from, to: matching ? reader.end() : before };
  const group = matching && readGroup(reader);
  const isFilled = readFill(reader);
  return { bool, matchingSpan, ...(matching && { matching }), ...(group && { group }), ...(isFilled && { isFilled }) };
}

function readMatching(reader: Reader): Binary["matching"] {
  const word = reader.acceptOneOf(["on", "ignoring"]);
  return word === undefined ? undefined : { on: word === "on", labels: readLabels(reader, `the labels of ${word}`) };
}

function readGroup(reader: Reader): Binary["group"] {
  const word = reader.acceptOneOf(["group_left", "group_right"]);
  if (word === undefined) return undefined;
  const include = reader.peek().word === "(" ? readLabels(reader, `the labels of ${word}`) : [];
  return { side: word === "group_left" ? "left" : "right", include };
}

/** `fill (0)` for both sides, or `fill_left (0)` and `fill_right (0)` in either order. */
function readFill(reader: Reader): boolean {
  const first = reader.acceptOneOf(["fill", "fill_left", "fill_right"]);
  if (first === undefined) return false;
  reader.experimental.push({ what: first, flag: "promql-binop-fill-modifiers" });
  readFillValue(reader);
  if (first !== "fill" && reader.accept(first === "fill_left" ? "fill_right" : "fill_left")) readFillValue(reader);
  return true;
}

function readFillValue(reader: Reader): void {
  reader.expect("(", "the value to fill with");
  reader.acceptOneOf(["+", "-"]);
  const value = reader.peek();
  if (value.kind !== "number" && value.kind !== "duration") reader.unexpected("the value to fill with", "a number");
  literalValue(reader, reader.next());
  reader.expect(")", "the value to fill with");
}
