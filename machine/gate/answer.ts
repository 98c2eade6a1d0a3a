/** What a server says to one question: a number, or why there is none. */
export type Answer = { readonly value: number } | { readonly unknown: string };
