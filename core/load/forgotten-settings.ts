/** The stack of somebody's desk: addresses of that machine and no receivers are right there. */
const deskStack = "dev";

/**
 * What a stack does not set although the default makes sense on a desk only, each with what that means. An emptied file
 * would deploy alerts that lead to nowhere and are sent to nobody; whoever wants that says so.
 */
export function forgottenSettings(
  stack: string,
  values: Readonly<Record<string, unknown>>,
  set: ReadonlySet<string>,
): readonly (readonly [name: string, message: string])[] {
  if (stack === deskStack) return [];
  return Object.entries(values)
    .filter(([key]) => !set.has(key))
    .flatMap(([key, value]): (readonly [string, string])[] => {
      if (key === "receivers")
        return [[key, "is not set, so that nobody is told of an alert. Set it, to {} where somebody else routes alerts."]];
      return /^https?:\/\/localhost\b/.test(String(value))
        ? [[key, `is not set, so that people are sent to ${String(value)}, which makes sense on a desk only.`]]
        : [];
    });
}
