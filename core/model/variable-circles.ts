import { variablesUsed } from "./dashboard-variables";

/** A variable and what is asked for its values. */
export interface AskedVariable {
  readonly name: string;
  readonly query: string;
}

/**
 * Variables whose values wait for each other, such as `a b a`: each circle once, from its first variable. Grafana never gets
 * their values, and the panels that use them load for ever.
 */
export function variableCircles(variables: readonly AskedVariable[]): readonly (readonly string[])[] {
  const told = new Set<string>();
  return variables.flatMap(({ name }) => {
    const circle = told.has(name) ? undefined : wayBack(name, variables);
    for (const member of circle ?? []) told.add(member);
    return circle === undefined ? [] : [circle];
  });
}

/** The shortest way from a variable to itself. */
function wayBack(start: string, variables: readonly AskedVariable[]): readonly string[] | undefined {
  const seen = new Set<string>();
  for (let ways: readonly (readonly string[])[] = [[start]]; ways.length > 0;) {
    const next = ways.flatMap((way) => waitsFor(way.at(-1), variables).map((name) => [...way, name]));
    const back = next.find((way) => way.at(-1) === start);
    if (back) return back;
    ways = next.filter((way) => !seen.has(way.at(-1) ?? ""));
    for (const way of ways) seen.add(way.at(-1) ?? "");
  }
  return undefined;
}

function waitsFor(name: string | undefined, variables: readonly AskedVariable[]): readonly string[] {
  const used = new Set(variablesUsed(variables.find((one) => one.name === name)?.query ?? "").map((use) => use.name));
  return variables.map((one) => one.name).filter((other) => used.has(other));
}

/** What is wrong with variables that wait for each other. */
export function circleFault([first = "", ...way]: readonly string[]): string {
  const chain = way.map((name) => `$${name}`).join(", which asks for ");
  return way.length === 1
    ? `asks for the values of $${first} by $${first} itself, which Grafana never gets. Take it out of the query.`
    : `asks for the values of $${first} by ${chain}: each waits for the other, and Grafana gets none. Take one of them out of the other's query.`;
}
