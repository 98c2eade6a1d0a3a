/** Something that a server said, or why it is not known: words without a full stop that do not name the server. */
export type Told<T> = { readonly data: T } | { readonly cannotTell: string };

/** What was said, or something in its place where nothing was. */
export function dataOr<T, O>(told: Told<T> | undefined, other: O): T | O {
  return told && "data" in told ? told.data : other;
}
