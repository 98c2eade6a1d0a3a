import type { RE2JS as Re2 } from "re2js";
import type { Matcher } from "./tree";

/** Patterns of these characters match themselves, or one of some alternatives: RE2 need not be loaded for them. */
const plain = /^[\w:/ =,;@#%&~<>"'!-]*(?:\|[\w:/ =,;@#%&~<>"'!-]*)*$/;

/** With the texts that it was asked about: catalogs have few values, and many queries ask about the same. */
type Compiled = { readonly regex: Re2; readonly asked: Map<string, boolean> } | { readonly fault: string };

const compiled = new Map<string, Compiled>();

/** One step of a pattern's program. */
export interface Instruction {
  readonly op: number;
  /** The step that follows. */
  readonly out: number;
  /** Another one that may, or the place in the text at which it must stand. */
  readonly arg: number;
  /** The letters that it takes: one, or the bounds of ranges. */
  readonly runes: ArrayLike<number>;
  readonly matchRune: (letter: number) => boolean;
}

/** What RE2 makes of a pattern. */
export interface Program {
  readonly inst: readonly Instruction[];
  readonly start: number;
}

/** The program of a pattern; undefined where RE2 refuses it. */
export function programOf(pattern: string): Program | undefined {
  const result = compile(pattern);
  return "fault" in result ? undefined : (result.regex.re2().prog as Program);
}

/** Why Prometheus, which takes RE2's regular expressions, refuses this one. */
export function regexFault(pattern: string): string | undefined {
  if (plain.test(pattern)) return undefined;
  const result = compile(pattern);
  return "fault" in result ? result.fault : undefined;
}

/** Whether a regular expression matches the whole text, as Prometheus does it. What RE2 refuses matches everything. */
export function regexMatches(pattern: string, text: string): boolean {
  if (plain.test(pattern)) return pattern.includes("|") ? pattern.split("|").includes(text) : pattern === text;
  const result = compile(pattern);
  if ("fault" in result) return true;
  const matches = result.asked.get(text) ?? result.regex.matches(text);
  result.asked.set(text, matches);
  return matches;
}

/** Whether series without the label satisfy the matcher. */
export function emptyMatches(matcher: Matcher): boolean {
  return matcherAccepts(matcher, "");
}

/** Whether series whose label has the value satisfy the matcher. */
export function matcherAccepts({ op, value }: Matcher, text: string): boolean {
  switch (op) {
    case "=":
      return value === text;
    case "!=":
      return value !== text;
    case "=~":
      return regexMatches(value, text);
    case "!~":
      return !regexMatches(value, text);
  }
}

function compile(pattern: string): Compiled {
  const known = compiled.get(pattern) ?? compileNew(pattern);
  compiled.set(pattern, known);
  return known;
}

function compileNew(pattern: string): Compiled {
  if (pattern.includes("\ufffd")) return { fault: "error parsing regexp: invalid UTF-8" };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most commands meet no such pattern, and need not load it
  const { RE2JS } = require("re2js") as { readonly RE2JS: typeof Re2 };
  try {
    return { regex: RE2JS.compile(pattern, RE2JS.DOTALL), asked: new Map() };
  } catch (error) {
    return { fault: (error instanceof Error ? error.message : String(error)).replace("`(?s)", "`") }; // the library's own flag
  }
}
