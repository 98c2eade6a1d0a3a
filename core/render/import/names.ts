/** The words of a name or a title, without what is neither a letter nor a digit. */
function wordsOf(text: string): readonly string[] {
  return text.normalize("NFKD").match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+(?:\d+[a-z]*)?|\d+[a-z]*/g) ?? [];
}

/** `mailboxDepth` of "Mailbox depth". What begins with a digit, or has no word at all, begins with the other name. */
export function camelCase(text: string, otherwise: string): string {
  const words = wordsOf(text).map((word) => word.toLowerCase());
  const named = /^[a-z]/.test(words[0] ?? "") ? words : [otherwise, ...words];
  return named.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}

/** `mailbox-depth` of "Mailbox depth". */
export function kebabCase(text: string, otherwise: string): string {
  const words = wordsOf(text).map((word) => word.toLowerCase());
  return (/^[a-z]/.test(words[0] ?? "") ? words : [otherwise, ...words]).join("-");
}

/** Names of which each is given once. */
export class Names {
  private readonly taken = new Set<string>();

  /** The name, with a number behind it where it is taken. */
  give(name: string, separator = ""): string {
    let given = name;
    for (let number = 2; this.taken.has(given); number++) given = `${name}${separator}${number}`;
    this.taken.add(given);
    return given;
  }
}
