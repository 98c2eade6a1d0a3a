/** The code of an error of the system or of a library, such as ENOENT; empty where it has none. */
export function codeOf(error: unknown): string {
  // Not `instanceof Error`: an error may come from another realm than ours.
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}
