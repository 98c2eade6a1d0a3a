/** The own properties of an object with their values as text. */
export function stringRecord(object: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, String(value)]));
}
