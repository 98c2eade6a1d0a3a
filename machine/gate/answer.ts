/** What a server says to one question: a number, or why there is none. */
export type Answer = { readonly value: number } | { readonly unknown: string };

/** How long a server may take, and what ends the waiting before that. */
export interface Deadline {
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}
