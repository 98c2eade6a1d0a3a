import { isCollection, isScalar, visit, type Document, type ScalarTag } from "yaml";

/** Scalars as the engine reads them: Go's numbers, with octal ones and underscores, dates that become text, and text in base64. */
export const engineScalars: readonly ScalarTag[] = [
  {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*)$/,
    resolve: wholeNumber,
  },
  {
    tag: "tag:yaml.org,2002:float",
    default: true,
    test: /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
    resolve: (text) => (Number.isFinite(plain(text)) ? plain(text) : text),
  },
  {
    tag: "tag:yaml.org,2002:timestamp",
    default: true,
    test: /^\d{4}-\d\d?-\d\d?(?:[Tt]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(?:\.\d+)?)?$/,
    resolve: date,
  },
  { tag: "tag:yaml.org,2002:binary", resolve: (text) => Buffer.from(text, "base64").toString() },
];

/** Why the engine refuses a file that other readers of YAML take; undefined where it does not. */
export function engineRefusal(document: Document, text: string): string | undefined {
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit === true && version !== "1.1")
    return `says that it is YAML ${version ?? ""}, which the engine does not read. Leave that line out.`;
  const [control] = /(?![\t\n\r\u0085])[\p{Cc}\uFFFE\uFFFF]/u.exec(text) ?? [];
  if (control !== undefined)
    return `holds the control character U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}, which the engine does not take. Take it out.`;
  let refusal: string | undefined;
  visit(document, {
    Scalar: (_, { value, source, type, range }) => {
      if (type === "QUOTE_DOUBLE" && range && /(?<!\\)(?:\\\\)*\\\//.test(text.slice(range[0], range[1])))
        refusal ??= `holds ${JSON.stringify(value)} with "\\/", which the engine does not read. Write "/".`;
      if (typeof value === "number" && !Number.isFinite(value))
        refusal ??= `holds ${source ?? value}, which the engine does not take. Write a number.`;
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && key.type === "PLAIN" && key.range && /^:[[\]{},]/.test(text.slice(key.range[1])))
        refusal ??= `has no space behind "${String(key.value)}:", which the engine reads as a part of the name. Write one.`;
      if (isCollection(key)) refusal ??= "holds a list or a mapping as a key, which the engine does not take. Write a text.";
    },
  });
  return refusal;
}

function plain(text: string): number {
  return Number(text.replaceAll("_", ""));
}

/** A leading 0 makes it octal, as in Go. What 64 bits do not hold is a number with a fraction. */
function wholeNumber(text: string): number | bigint {
  const [, sign, digits = ""] = /^([-+]?)(.*)$/.exec(text.replaceAll("_", "")) ?? [];
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (/^0\d/.test(octal)) return plain(text);
  const value = sign === "-" ? -BigInt(octal) : BigInt(octal);
  if (Number.isSafeInteger(Number(value))) return Number(value);
  return value < 2n ** 64n && value >= -(2n ** 63n) ? value : Number(value);
}

/** The engine makes a text of a date in Go's way: "2026-01-02 00:00:00 +0000 UTC". */
function date(text: string): string {
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0", rest = "", zone = "Z"] =
    /^(\d+)-(\d+)-(\d+)(?:[Tt ](\d+):(\d+):(\d+)(\.\d+)?(Z|[-+][\d:]+)?)?$/.exec(text) ?? [];
  const two = (part: string): string => part.padStart(2, "0");
  const written = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  const time = new Date(`${written}Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(written)) return text;
  const fraction = rest.replace(/\.?0*$/, "");
  const offset = zone.replace(":", "");
  return `${written.replace("T", " ")}${fraction} ${zone === "Z" ? "+0000 UTC" : `${offset} ${offset}`}`;
}
