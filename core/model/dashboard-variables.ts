import { distance } from "fastest-levenshtein";

/** How a text uses a variable: `$name`, `${name}` or `${name:format}`, `[[name]]`. */
const use = /\$\{(\w+)(?:[.:][^}]*)?\}|\[\[(\w+)(?::[^\]]*)?\]\]|\$([A-Za-z_]\w*)/g;

/** A variable that a text uses; one in brackets is no accident, where a dollar alone can be money. */
export interface VariableUse {
  readonly name: string;
  readonly isInBrackets: boolean;
}

/** The variables that a text uses. */
export function variablesUsed(text: string): readonly VariableUse[] {
  return [...text.matchAll(use)]
    .map(([, braced, old, plain]) => ({ name: braced ?? old ?? plain ?? "", isInBrackets: plain === undefined }))
    .filter(({ name }) => !/^\d/.test(name));
}

/** A matcher that compares a label with a variable as with one value: `job="$job"`. */
export interface WholeMatcher {
  readonly name: string;
  /** As it is written, and as it takes several values. */
  readonly written: string;
  readonly forSeveral: string;
}

const whole = /(\w+)\s*(!?=)\s*(["'])(\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]|\$(\w+))\3/g;

/** The matchers of a query that take a variable for one value. */
export function wholeMatchers(expr: string): readonly WholeMatcher[] {
  return [...expr.matchAll(whole)].map(([, label = "", op = "", , use = "", braced, old, plain]) => ({
    name: braced ?? old ?? plain ?? "",
    written: `${label}${op}"${use}"`,
    forSeveral: `${label}${op === "=" ? "=~" : "!~"}"${use}"`,
  }));
}

/** What is wrong with a matcher whose variable takes several values at once, or all of them. */
export function severalFault({ name, written, forSeveral }: WholeMatcher, how: "several values" | "all values"): string {
  return `asks for ${written}, but ${how} of $${name} can be chosen at once, which no label is equal to. Write ${forSeveral}.`;
}

/** What Grafana sets by itself: https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables. */
const globals =
  "__dashboard __from __to __interval __interval_ms __name __org __range __range_ms __range_s __rate_interval __rate_interval_ms __user __timezone".split(
    " ",
  );

/** Whether Grafana, or a data source, may set a variable by itself. */
export function isBuiltIn(name: string): boolean {
  return name.startsWith("__") || ["timeFilter", "interval", "interval_ms", "timezone"].includes(name);
}

/** Grafana's own variable of which a name is a slip of the pen; undefined where it may be a macro of a data source. */
export function meantBuiltIn(name: string): string | undefined {
  if (!name.startsWith("__") || globals.includes(name)) return undefined;
  return globals.find((known) => distance(known, name) === 1);
}

/** The values of a custom variable, as Grafana reads its list: `a,b`, `Text : value`, `a\, b` for a comma. */
export function customValues(list: string): readonly string[] {
  return [...list.matchAll(/(?:\\,|[^,])+/g)].map(([item]) => {
    const text = item.replaceAll("\\,", ",");
    return (/^\s*.+\s:\s(.+)$/.exec(text)?.[1] ?? text).trim();
  });
}

/**
 * The variables that a text of a dashboard means: what is in brackets, what is nearly a variable that it has, and in a title,
 * or in the query of a variable, what looks like one. Code in a text has variables of its own.
 */
export function variablesMeant(
  text: string,
  of: "a title" | "a description" | "a query",
  known: readonly string[],
): readonly VariableUse[] {
  const looksLikeOne = {
    // A title is short, and what begins with a dollar there is a variable, unless it is an amount or a currency.
    "a title": (name: string) => /^[a-z]\w{2,}$/.test(name) && !/^(usd|eur|gbp|mil|bn)$/.test(name),
    "a description": () => false,
    // A matcher of MQTT topics may exclude `$SYS`.
    "a query": (name: string) => /[a-z]/.test(name),
  }[of];
  const isMeant = ({ name, isInBrackets }: VariableUse): boolean =>
    isInBrackets || known.some((one) => isSlip(name, one)) || looksLikeOne(name);
  return variablesUsed(of === "a query" ? text : text.replace(/`[^`]*`/g, "")).filter(isMeant);
}

function isSlip(name: string, known: string): boolean {
  return name.toLowerCase() === known.toLowerCase() || (known.length > 2 && distance(name, known) === 1);
}
