import type { PromqlError, Span } from "./tree";
import type { Token } from "./token";

/** Says that a text is no PromQL, and where it stops being it. */
export class SyntaxFault extends Error {
  constructor(
    message: string,
    readonly at: number,
    /** Of what Prometheus may well take. */
    readonly isOwnLimit = false,
  ) {
    super(message);
  }
}

/** Deeper trees are not read: whoever walks through one needs room for each level. Queries of people have ten or twenty. */
const mostLevels = 1000;

/** Tokens in their order, and what is wrong with them although they can be read on. */
export class Reader {
  readonly faults: PromqlError[] = [];
  /** What is used that Prometheus has only behind a feature flag. */
  readonly experimental: { readonly what: string; readonly flag: string }[] = [];
  /** Where the durations of ranges and offsets stand. */
  readonly durations: Span[] = [];
  /** Grafana's own variables, which Prometheus does not know. */
  readonly variables: string[] = [];
  /** How many levels the expression has that was read last. */
  levels = 0;
  private index = 0;
  private open = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The next token, or the one behind it. */
  peek(ahead = 0): Token {
    const token = this.tokens[this.index + ahead] ?? this.tokens.at(-1);
    if (!token) throw new RangeError("A list of tokens has no end.");
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  /** Where what was read last ends. */
  end(): number {
    const last = this.tokens[this.index - 1];
    return last ? last.from + last.text.length : 0;
  }

  /** How many tokens were read. */
  position(): number {
    return this.index;
  }

  /** The tokens that were read since a position, without what lies between them. */
  textSince(position: number): string {
    return this.tokens
      .slice(position, this.index)
      .map(({ text }) => text)
      .join(" ");
  }

  /** Steps over the word, or sign, if it is the next one. */
  accept(word: string): boolean {
    if (this.peek().word !== word) return false;
    this.index += 1;
    return true;
  }

  /** Steps over the next word, or sign, if it is one of these. */
  acceptOneOf(words: readonly string[]): string | undefined {
    const { word } = this.peek();
    if (word === "" || !words.includes(word)) return undefined;
    this.index += 1;
    return word;
  }

  expect(word: string, where: string): void {
    if (!this.accept(word)) this.unexpected(where, JSON.stringify(word));
  }

  /** @throws SyntaxFault always. */
  unexpected(where: string, expected?: string): never {
    const { kind, text, from } = this.peek();
    if (kind === "error") throw new SyntaxFault(text, from);
    const found = kind === "end" ? "the end" : text.startsWith('"') ? text : JSON.stringify(text);
    throw new SyntaxFault(`unexpected ${found} in ${where}${expected === undefined ? "" : `, expected ${expected}`}`, from);
  }

  /** Goes one level into what is within another expression; `leave` comes back. */
  enter(): void {
    this.open += 1;
    this.limit(this.open);
  }

  leave(): void {
    this.open -= 1;
  }

  /** @throws SyntaxFault where there are too many levels to go on. */
  limit(levels: number): void {
    if (levels > mostLevels) throw new SyntaxFault(`it has more than ${mostLevels} levels`, this.peek().from, true);
  }

  fault(message: string, at: number): void {
    this.faults.push({ message, at });
  }
}
