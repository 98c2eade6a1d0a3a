/** How the characters of a value lie in the text that was written for it: quotes, escapes and indents stand between. */
export interface Alignment {
  /** Where the written text begins. */
  readonly from: number;
  /** Where a character of the value is written. */
  readonly offset: (index: number) => number;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "0": "\0" };

/**
 * Follows a scalar of YAML or JSON, from `from` to `to` of the text, beside its value: each character of the value is
 * found where the writer typed it, also in block scalars, folded lines and behind escapes.
 */
export function alignment(text: string, from: number, to: number, value: string): Alignment {
  let starts: readonly number[] | undefined;
  return {
    from,
    offset: (index) => {
      starts ??= align(text, from, to, value);
      return starts[Math.min(index, starts.length - 1)] ?? from;
    },
  };
}

function align(text: string, from: number, to: number, value: string): readonly number[] {
  const quote = text.charAt(from);
  const isBlock = quote === "|" || quote === ">";
  let at = isBlock ? lineAfter(text, from) : quote === '"' || quote === "'" ? from + 1 : from;
  const starts: number[] = [];
  for (const wanted of value.split("")) {
    const found = next(text, { at, to, quote }, wanted);
    starts.push(found.from);
    at = found.to;
  }
  return starts.length === 0 ? [from] : starts;
}

/** Where the next character of the value is written, and where its writing ends. */
function next(
  text: string,
  { at, to, quote }: { at: number; to: number; quote: string },
  wanted: string,
): { from: number; to: number } {
  for (let here = at; here < to; here++) {
    const char = text.charAt(here);
    if (quote === '"' && char === "\\") {
      const code = text.charAt(here + 1);
      const length = code === "u" ? 6 : code === "x" ? 4 : 2;
      const meant = length > 2 ? String.fromCharCode(parseInt(text.slice(here + 2, here + length), 16)) : (escapes[code] ?? code);
      if (meant === wanted) return { from: here, to: here + length };
    }
    if (quote === "'" && char === "'" && wanted === "'") return { from: here, to: here + 2 };
    if (char === wanted || (char === "\n" && wanted === " ")) return { from: here, to: here + 1 };
    if (!/\s|\\/.test(char)) return { from: here, to: here }; // not as we thought: stay near
  }
  return { from: Math.min(at, to), to: at };
}

function lineAfter(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}
