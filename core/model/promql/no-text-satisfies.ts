import { programOf, type Instruction, type Program } from "./regex";
import type { Matcher } from "./tree";

/** Where a pattern stands within a text: its instructions that may come next. */
type States = ReadonlySet<number>;

/** A matcher that reads a text letter by letter. */
interface Reader {
  readonly isAsked: boolean;
  /** One letter of each kind that the pattern tells apart. */
  readonly letters: readonly number[];
  readonly step: (states: States, letter: number, isBegin: boolean) => States;
  readonly accepts: (states: States, isBegin: boolean) => boolean;
}

/** More than that are not looked at: then the matchers may hold together. */
const [mostStates, mostLetters] = [500, 200];

const answers = new Map<string, boolean>();

/**
 * Whether no text satisfies all of the matchers. RE2's own programs of their patterns read in step whatever text makes a
 * difference. False where that cannot be told.
 */
export function noTextSatisfies(matchers: readonly Matcher[]): boolean {
  const written = new Set(matchers.map(({ op, value }) => op + value));
  const key = [...written].sort().join("\n");
  const known = answers.get(key);
  if (known !== undefined) return known;
  const different = matchers.filter(({ op, value }) => written.delete(op + value));
  const answer = isEmpty(different.map(readerOf));
  answers.set(key, answer);
  return answer;
}

function isEmpty(readers: readonly (Reader | undefined)[]): boolean {
  const all = readers.filter((reader) => reader !== undefined);
  const letters = [...new Set(all.flatMap((reader) => reader.letters))];
  if (all.length < readers.length || letters.length > mostLetters) return false;
  const begin = { states: all.map((): States => new Set([start])), isBegin: true };
  const seen = new Map([["begin", begin]]);
  for (const { states, isBegin } of seen.values()) {
    if (seen.size > mostStates) return false;
    if (all.every(({ accepts }, at) => accepts(states[at] ?? nowhere, isBegin))) return false;
    for (const letter of letters) {
      const next = all.map(({ step }, at) => step(states[at] ?? nowhere, letter, isBegin));
      const isLost = all.some(({ isAsked }, at) => isAsked && next[at]?.size === 0);
      const key = next.map((one) => [...one].sort((a, b) => a - b).join()).join(";");
      if (!isLost && !seen.has(key)) seen.set(key, { states: next, isBegin: false });
    }
  }
  return true;
}

const nowhere: States = new Set();
const start = -1;

/** Operations of RE2's instructions, as re2js and Go number them; from `letter` on, they read one. */
const op = { alternatives: 1, alternativesOrMatch: 2, emptyWidth: 4, fail: 5, match: 6, letter: 8 } as const;
const [beginOfText, endOfText] = [4, 8] as const;

/** Undefined where the pattern asks for more than letters and the ends of the text, such as the end of a word. */
function readerOf({ op: how, value }: Matcher): Reader | undefined {
  const program = programOf(how === "=" || how === "!=" ? quoted(value) : value);
  const isPlain = program?.inst.every(({ op: what, arg }) => what !== op.emptyWidth || arg === beginOfText || arg === endOfText);
  if (!program || !isPlain) return undefined;
  const isAsked = how === "=" || how === "=~";
  return {
    isAsked,
    letters: lettersOf(program),
    step: (states, letter, isBegin) =>
      new Set(
        reached(states, program, { isBegin, isEnd: false })
          .filter((one) => one.op >= op.letter && one.matchRune(letter))
          .map(({ out }) => out),
      ),
    accepts: (states, isBegin) =>
      reached(states, program, { isBegin, isEnd: true }).some((one) => one.op === op.match) === isAsked,
  };
}

/** The instructions to which one comes without a letter. */
function reached(
  states: States,
  { inst, start: first }: Program,
  { isBegin, isEnd }: { readonly isBegin: boolean; readonly isEnd: boolean },
): readonly Instruction[] {
  const seen = new Set([...states].map((at) => (at === start ? first : at)));
  const found: Instruction[] = [];
  for (const at of seen) {
    const one = inst[at];
    if (!one || one.op === op.fail) continue;
    if (one.op === op.match || one.op >= op.letter) found.push(one);
    else if (one.op !== op.emptyWidth || (one.arg === beginOfText ? isBegin : isEnd)) seen.add(one.out);
    if (one.op === op.alternatives || one.op === op.alternativesOrMatch) seen.add(one.arg);
  }
  return found;
}

/** Of each range of letters the first, and the one behind the last: within and outside of it, all are alike. */
function lettersOf({ inst }: Program): readonly number[] {
  const bounds = inst
    .filter(({ op: what }) => what >= op.letter)
    .flatMap(({ runes }) =>
      Array.from(runes).flatMap((rune, at) => {
        const letter = String.fromCodePoint(rune);
        const both = [letter.toLowerCase(), letter.toUpperCase()].flatMap((form) => form.codePointAt(0) ?? []);
        return runes.length === 1 ? both.flatMap((one) => [one, one + 1]) : [at % 2 === 0 ? rune : rune + 1];
      }),
    );
  return [...new Set([0, ...bounds])].filter((letter) => letter <= 0x10ffff);
}

function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
