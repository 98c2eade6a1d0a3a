import { general } from "./humanize";
import { toExponential, toFixed } from "./rounding";
import { TemplateError, UntriedTemplateError } from "./syntax";
import { LabelSet, type Value } from "./value";

/** A value as Go prints it where nothing else is said: `%v`. */
export function printed(value: Value): string {
  if (typeof value === "number") return general(value);
  if (value === undefined) return "<no value>";
  if (!(value instanceof LabelSet)) return String(value);
  const pairs = Object.entries(value.labels).map(([label, of]) => `${label}:${of}`);
  return `map[${pairs.sort().join(" ")}]`;
}

/** `%-08.2f`: flags, width, digits, verb. */
const directive = /%(?<flags>[-+0 ]*)(?<width>\d*)(?:\.(?<digits>\d*))?(?<verb>.|$)/gsu;

/** `%[2]s`, `%*d`, `%#v`: which value is printed, or how wide or how, is said in ways that are rare. */
const rare = /%[-+0 ]*(?:#|\*|\[\d+\]|\d*\.\*)/;

/** Verbs that Go prints of a value, beside those that are printed here. */
const rareVerbs: Readonly<Record<string, string>> = {
  number: "bxXT",
  string: "xXT",
  bigint: "bcoOqxXUT",
  boolean: "T",
  object: "sqxXT",
};

/** Go's `printf` of the verbs that annotations use. @throws TemplateError for a verb that does not fit its value. */
export function printf(format: string, values: readonly Value[]): string {
  if (rare.test(format.replaceAll("%%", ""))) throw untried(format);
  let text = "";
  let used = 0;
  let end = 0;
  for (const match of format.matchAll(directive)) {
    const [whole] = match;
    text += format.slice(end, match.index);
    end = match.index + whole.length;
    const { flags = "", width = "", digits, verb = "" } = match.groups ?? {};
    if (verb === "%") {
      text += "%";
      continue;
    }
    if (used >= values.length) throw new TemplateError(`"printf" has no value for ${whole}`);
    const value = values[used];
    used += 1;
    text += padded(formatted(verb, value, digits, whole), flags, Number(width), typeof value !== "string");
  }
  if (used < values.length) throw new TemplateError(`"printf" is given ${values.length} values and prints ${used}`);
  return text + format.slice(end);
}

function untried(format: string): TemplateError {
  return new UntriedTemplateError(`"printf" with ${JSON.stringify(format)} cannot be tried out by the rule tests`);
}

function padded(plain: string, flags: string, width: number, isNumber: boolean): string {
  const signed = isNumber && flags.includes("+") && /^\d/.test(plain) ? `+${plain}` : plain;
  if (flags.includes("-")) return signed.padEnd(width);
  if (!isNumber || !flags.includes("0")) return signed.padStart(width);
  const sign = /^[-+]/.exec(signed)?.[0] ?? "";
  return sign + signed.slice(sign.length).padStart(width - sign.length, "0");
}

function formatted(verb: string, value: Value, digits: string | undefined, whole: string): string {
  const precision = digits === undefined ? undefined : Number(digits);
  if (verb === "v" && digits === undefined) return printed(value);
  if (verb === "t" && typeof value === "boolean") return String(value);
  if (verb === "d" && typeof value === "bigint") return String(value);
  if (typeof value === "string" && verb === "s")
    return precision === undefined ? value : Array.from(value).slice(0, precision).join("");
  if (typeof value === "string" && verb === "q") return JSON.stringify(value);
  if (typeof value === "number" && "feg".includes(verb.toLowerCase())) {
    const text = formattedNumber(verb.toLowerCase(), value, precision);
    return verb === "E" || verb === "G" ? text.replace("e", "E") : text;
  }
  if (rareVerbs[typeof value]?.includes(verb)) throw untried(whole);
  const kind = typeof value === "number" ? "number with a fraction" : typeof value;
  throw new TemplateError(`"printf" prints no ${kind} with ${whole}`);
}

function formattedNumber(verb: string, value: number, precision: number | undefined): string {
  if (verb === "g" || !Number.isFinite(value)) return general(value, precision);
  return verb === "f" ? toFixed(value, precision ?? 6) : toExponential(value, precision ?? 6).replace(/e([-+])(\d)$/, "e$10$2");
}
