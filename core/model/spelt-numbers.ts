import { literalPattern } from "./literal-pattern";

const units: Readonly<Record<string, string>> = {
  s: "s|sec|second|seconds",
  m: "m|min|minute|minutes",
  h: "h|hour|hours",
  d: "d|day|days",
  "%": "%|percent",
};

/** With one of these behind it, a number is not the plain one. */
const otherUnits = [
  "ms",
  ...Object.values(units).filter((unit) => !unit.includes("%")),
  "[KMGT]?i?B",
  "requests/s",
  "cores",
].join("|");

/** The numbers of a text with their units, each as `5m`, `100 ms`, `10 %` or `500`. */
export function numbersIn(text: string): readonly string[] {
  const outsideNames = text.replace(/`[^`]*`|"[^"]*"/g, "");
  return [
    ...new Set(
      [
        ...outsideNames.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?:[smhd]\b| (?:ms|s|%|[KMGT]?i?B|requests\/s|cores)(?!\w)|\/s\b)?/g),
      ].map(([number]) => number),
    ),
  ];
}

/** Whether a text says the number, in one of its spellings: `2m` is also "2 min" and "2 minutes". */
export function spells(text: string, number: string): boolean {
  const [, amount = "", unit = ""] = /^([\d.]+)\s*(.*)$/.exec(number) ?? [];
  const spelt = units[unit] ?? literalPattern(unit);
  const after = unit === "" ? String.raw`(?![\w/]|\.\d|\s?%|\s(?:${otherUnits})(?!\w))` : String.raw`\s?(?:${spelt})(?![\w])`;
  return new RegExp(String.raw`(?<![\w.])${amount.replace(".", String.raw`\.`)}${after}`).test(text.replace(/`[^`]*`/g, ""));
}
