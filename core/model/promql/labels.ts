import type { Reader } from "./reader";
import { stringValue } from "./string";
import { isLabelName } from "./token";

/** A list of labels in parentheses, such as that of `by` or `on`. It may be empty, and may end with a comma. */
export function readLabels(reader: Reader, where: string): readonly string[] {
  const labels: string[] = [];
  reader.expect("(", where);
  while (!reader.accept(")")) {
    const token = reader.peek();
    if (token.kind !== "string" && !isLabelName(token)) reader.unexpected(where, 'a label or ")"');
    reader.next();
    const label = token.kind === "string" ? stringValue(token.text) : token.text;
    if (label === "" || label.includes("\ufffd")) reader.fault(`${token.text} is no label`, token.from);
    labels.push(label);
    if (!reader.accept(",") && reader.peek().word !== ")") reader.unexpected(where, '"," or ")"');
  }
  return labels.slice(); // without the room that a list has that grows: trees are kept
}
