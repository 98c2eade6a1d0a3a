/** What the names of all alerts begin with, up to a word; of several, what begins as the service's id does. */
export function prefixOfAlerts(id: string, names: readonly string[]): string {
  const plain = id.replaceAll("-", "");
  const usual = [plain.toUpperCase(), plain.charAt(0).toUpperCase() + plain.slice(1)];
  const [first = ""] = names;
  const shorter = Array.from({ length: first.length }, (_, index) => first.slice(0, first.length - index));
  const isPrefix = (prefix: string): boolean =>
    names.every((name) => name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)));
  return [...usual, ...shorter].find(isPrefix) ?? plain.toUpperCase();
}
