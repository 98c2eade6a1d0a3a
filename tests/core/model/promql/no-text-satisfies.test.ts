import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { noTextSatisfies } from "../../../../core/model/promql/no-text-satisfies";
import { matcherAccepts } from "../../../../core/model/promql/regex";
import type { Matcher } from "../../../../core/model/promql/tree";
import { randomFrom } from "../../../random";

/** `=~a.* and !~b`. */
function matchersOf(written: string): readonly Matcher[] {
  return written.split(" and ").map((one): Matcher => {
    const [, op = "=", value = ""] = /^(=~|!~|!=|=)([^]*)$/.exec(one) ?? [];
    return { label: "x", op: op as Matcher["op"], value };
  });
}

describe("matchers of one label that no text satisfies", () => {
  for (const written of [
    "=~[a-z]+ and =~[0-9]+",
    "=~\\d+ and =~\\D+",
    "=~[45].. and =~2..",
    "=~4..|5.. and !~[45].*",
    "=~a.* and !~[a-c].*",
    "=~.* and !~.*.*",
    "=~a{3} and =~a{4}",
    "=~a+ and !=a and !~aa+",
    "=~prod-.+ and =~.+-eu and =~x.*",
    "=~.{5,} and =~.{0,4}",
    "=~(?i)abc and !~[aA][bB][cC]",
    "=~(foo|bar)-[0-9]+ and =~(foo|bar)-[a-z]+",
    "=~x.* and =~^y",
    "=~.+ and =",
  ]) {
    it(`are ${written}`, () => {
      assert.equal(noTextSatisfies(matchersOf(written)), true);
    });
  }

  for (const written of [
    "!=",
    "!~",
    "!~|a",
    "!~a?",
    "=~[a-z]+ and =~[a-z0-9]+",
    "=~a.* and =~.*b",
    "!~a.* and !~b.*",
    "=~a|b and =~b|c.*",
    "=~(?i)prod.* and =~PROD.*",
    "=~\\w+ and =~a\\b.*",
    "=~a\\b and =~b",
    "=~ab?.* and =~ac.*",
    "=~[0-9]{1,3}\\..* and =~10\\.0.*",
    "=~.* and =~^a$",
    "=~a.c and =~a\nc",
    "=~\\pL+ and =~é+",
    "=~(a|b)*abb and =~.{4}",
    "=~|a and =~|b",
    "=~.*-(us|eu) and !~.*-us",
    "=~(?i)k and =~\u212a",
    "=~.{0,40}a.{20} and =~.*b.{15}",
    "=~( and =~a",
  ]) {
    it(`are not ${written}`, () => {
      assert.equal(noTextSatisfies(matchersOf(written)), false);
    });
  }

  it("never are some that a text satisfies, whatever they are", () => {
    const random = randomFrom(7);
    const below = (count: number): number => Math.floor(random() * count);
    const texts = ["", "a", "b", "c", "A", "aa", "ab", "ba", "bb", "abc", "aab", "aba", "bab", "abab", "aaaa"];
    const atoms = ["a", "b", ".", "[ab]", "[^a]", "a*", "(a|bb)+", "b?", "^", "$", "(?i)a", ".{2}", "|"];
    for (let count = 0; count < 2000; count += 1) {
      const matchers = Array.from({ length: 1 + below(3) }, (): Matcher => {
        const value = Array.from({ length: 1 + below(4) }, () => atoms[below(atoms.length)]).join("");
        return { label: "x", op: below(2) === 0 ? "=~" : "!~", value };
      });
      const satisfied = texts.some((text) => matchers.every((matcher) => matcherAccepts(matcher, text)));
      assert.ok(!(satisfied && noTextSatisfies(matchers)), JSON.stringify(matchers));
    }
  });
});
