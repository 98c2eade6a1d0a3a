import type { Matcher } from "./tree";
import { noTextSatisfies } from "./no-text-satisfies";
import { matcherAccepts } from "./regex";

/** More than that are not written out. */
const mostValues = 64;

/** The only values that a matcher lets through, where it names them: one, or the alternatives of a pattern without repetition. */
export function matchedValues({ op, value }: Matcher): readonly string[] | undefined {
  if (op === "=") return [value];
  if (op !== "=~") return undefined;
  const known = written.get(value);
  if (known) return known.texts;
  const texts = writtenOut(value);
  written.set(value, { texts });
  return texts;
}

const written = new Map<string, { readonly texts: readonly string[] | undefined }>();

/** Whether no value can satisfy all of the matchers of one label. */
export function excludeEachOther(matchers: readonly Matcher[]): boolean {
  const named = matchers.map(matchedValues).find((values) => values !== undefined);
  if (named) return !named.some((value) => matchers.every((matcher) => matcherAccepts(matcher, value)));
  const holdsVariable = matchers.some(({ value }) => /\$\{?\w|\[\[\w/.test(value)); // of Grafana's: it can be anything
  if (holdsVariable || matchers.every((matcher) => matcherAccepts(matcher, ""))) return false;
  return noTextSatisfies(matchers);
}

/** All texts that a pattern matches; undefined where they are many, or where it is not plain enough to tell. */
function writtenOut(pattern: string): readonly string[] | undefined {
  let rest = pattern;
  const alternatives = (): readonly string[] | undefined => {
    const all: string[] = [];
    for (;;) {
      const texts = sequence();
      if (!texts) return undefined;
      all.push(...texts);
      if (!rest.startsWith("|")) return all.length > mostValues ? undefined : all;
      rest = rest.slice(1);
    }
  };
  const sequence = (): readonly string[] | undefined => {
    let texts: readonly string[] = [""];
    while (rest !== "" && !/^[|)]/.test(rest)) {
      const next = atom();
      if (!next || texts.length * next.length > mostValues) return undefined;
      texts = texts.flatMap((text) => next.map((more) => text + more));
    }
    return texts;
  };
  const atom = (): readonly string[] | undefined => {
    const texts = /^\((?:\?:)?(?!\?)/.test(rest) ? group() : character();
    if (rest.startsWith("?") && !rest.startsWith("??") && texts) {
      rest = rest.slice(1);
      return [...texts, ""];
    }
    return /^[*+?{]/.test(rest) ? undefined : texts;
  };
  const group = (): readonly string[] | undefined => {
    rest = rest.replace(/^\((\?:)?/, "");
    const texts = alternatives();
    if (!rest.startsWith(")")) return undefined;
    rest = rest.slice(1);
    return texts;
  };
  const character = (): readonly string[] | undefined => {
    const [whole = "", set] = /^(?:[^\\.^$*+?()[\]{}|]|\\[^\w]|\[((?:[\w .:/,@#%&=~-](?!-)|[.+*?()])+)\])/u.exec(rest) ?? [];
    rest = rest.slice(whole.length);
    if (whole === "") return undefined;
    return set === undefined ? [whole.replace(/^\\/, "")] : [...new Set(set)];
  };
  const texts = alternatives();
  return rest === "" ? texts : undefined;
}
