import { variablesUsed } from "./dashboard-variables";

/** A template variable, and its values where the dashboard lists them. */
export interface Variable {
  readonly name: string;
  readonly values: readonly string[] | undefined;
  /** Of a constant, what stands for it everywhere is its query. */
  readonly type?: string;
  readonly query?: string;
}

const string = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g;

const matcher = /(\w+\s*)(=~|!~|!=|=)(\s*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))/g;
const use = "(?:\\$\\{\\w+(?::\\w+)?\\}|\\[\\[\\w+\\]\\]|\\$\\w+)";

/**
 * A query as Prometheus could see it: variables for durations, numbers and labels get one, a matcher on a variable
 * with listed values gets these, and one on other variables matches anything. Undefined where a variable stands for more.
 */
export function withoutVariables(written: string, variables: readonly Variable[]): string | undefined {
  const expr = withConstants(written, variables);
  // Whatever the operator: a choice of the reader's may be anything.
  const matchers = expr.replace(matcher, (_, label: string, operator: string, text: string) => {
    const known = stringWithout(text.trim(), variables);
    return known === '""' && text.trim().length > 2 ? `${label}=~".+"` : `${label}${operator}${known}`;
  });
  // Of label_replace and its like, strings are labels and patterns: what a part of one stands for cannot be told.
  if (/\b(?:label_replace|label_join|count_values|sort_by_label)/.test(matchers) && matchers.match(string)?.some(holdsVariable))
    return undefined;
  const strings = matchers.replace(string, (text) => stringWithout(text, variables));
  const whole = strings
    .replace(/\[[^\]]*(?:\$|\[\[)[^\]]*\]+/g, (range) => (range.includes(":") ? "[5m:1m]" : "[5m]"))
    .replace(
      /(\b(?:by|without|on|ignoring|group_left|group_right)\s*\()([^)]*)\)/g,
      (_, start: string, labels: string) => `${start}${withoutVariableLabels(labels)})`,
    )
    .replace(
      new RegExp(
        `(\\b(?:topk|bottomk|quantile|limitk|histogram_quantile)\\s*(?:(?:by|without)\\s*\\([^)]*\\)\\s*)?\\(\\s*)${use}`,
        "g",
      ),
      (_, start: string) => `${start}${/^(?:topk|bottomk|limitk)/.test(start) ? "5" : "0.5"}`,
    )
    .replace(new RegExp(`\\boffset\\s+${use}`, "g"), "offset 5m")
    .replace(new RegExp(`([<>=*/+-]\\s*)${use}(?![\\w{(])`, "g"), (_, operator: string) => `${operator} 1`);
  const rest = whole.replace(string, "");
  return /\$|\[\[/.test(rest) ? undefined : whole;
}

function withConstants(expr: string, variables: readonly Variable[]): string {
  return variables
    .filter(({ type, query = "" }) => type === "constant" && query !== "")
    .reduce(
      (text, { name, query = "" }) =>
        text.replace(new RegExp(`\\$\\{${name}(?:[.:]\\w+)?\\}|\\[\\[${name}(?::\\w+)?\\]\\]|\\$${name}\\b`, "g"), () => query),
      expr,
    );
}

function holdsVariable(text: string): boolean {
  return variablesUsed(text).length > 0;
}

function withoutVariableLabels(labels: string): string {
  const kept = labels
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "" && !/\$|\[\[/.test(label));
  return kept.join(", ");
}

function stringWithout(text: string, variables: readonly Variable[]): string {
  const used = variablesUsed(text);
  if (used.length === 0) return text;
  const only = /^["'`](?:\$\{(\w+)(?:[.:]\w+)?\}|\[\[(\w+)\]\]|\$(\w+))["'`]$/.exec(text);
  const values = only && variables.find(({ name }) => name === (only[1] ?? only[2] ?? only[3]))?.values;
  return values && values.length > 0 && values.every((value) => /^[\w./:-]+$/.test(value))
    ? JSON.stringify(values.join("|"))
    : '""';
}
