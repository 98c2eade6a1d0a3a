/** A place in a text, and what can be read from it. */
export class Cursor {
  constructor(
    readonly text: string,
    public at = 0,
  ) {}

  /** The next character, or nothing at the end. */
  peek(): string {
    return this.text.charAt(this.at);
  }

  /** Whether the next character is one of these. */
  is(characters: string): boolean {
    return this.at < this.text.length && characters.includes(this.peek());
  }

  /** Steps over the next character if it is one of these. */
  accept(characters: string): boolean {
    const found = this.is(characters);
    if (found) this.at += 1;
    return found;
  }

  /** Steps over all of these. */
  skip(characters: string): void {
    while (this.is(characters)) this.at += 1;
  }

  /** Steps over spaces and line breaks. */
  skipSpace(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 9 && code !== 13) return;
      this.at += 1;
    }
  }

  /** Steps over what the pattern (with the flag y) matches here, and returns it. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return undefined;
    const found = this.text.slice(this.at, pattern.lastIndex);
    this.at = pattern.lastIndex;
    return found;
  }
}
