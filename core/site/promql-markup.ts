import { tokenize } from "../model/promql/lexer";
import type { Token } from "../model/promql/token";
import { html, type Html } from "./html";

type Kind = "metric" | "label" | "string" | "number" | "function" | "keyword";

const interval = "$__rate_interval";

const groupings: ReadonlySet<string> = new Set(["by", "without", "on", "ignoring", "group_left", "group_right"]);

/** PromQL with its parts colored, word by word as the checks read it. Text that they cannot read stays plain. */
export function promqlMarkup(text: string): Html {
  // A query for Grafana is read with a duration of the same length, which keeps every place.
  const tokens = tokenize(text.replaceAll(interval, "5".repeat(interval.length - 1) + "m"));
  if (tokens.some(({ kind }) => kind === "error")) return html`${text}`;
  const pieces: Html[] = [];
  let done = 0;
  kindsOf(tokens).forEach((kind, index) => {
    const { from, text: word } = tokens[index] ?? { from: 0, text: "" };
    if (kind === undefined) return;
    const to = from + word.length;
    pieces.push(html`${text.slice(done, from)}<span class="q-${kind}">${text.slice(from, to)}</span>`);
    done = to;
  });
  return html`${pieces}${text.slice(done)}`;
}

function kindsOf(tokens: readonly Token[]): readonly (Kind | undefined)[] {
  let areLabels = false;
  return tokens.map((token, index) => {
    if (token.word === "{" || (token.word === "(" && groupings.has(tokens[index - 1]?.word ?? ""))) areLabels = true;
    if (token.word === "}" || token.word === ")") areLabels = false;
    return kindOf(token, areLabels, tokens[index + 1]?.word === "(");
  });
}

function kindOf({ kind }: Token, isLabel: boolean, isCalled: boolean): Kind | undefined {
  if (kind === "string" || kind === "number") return kind;
  if (kind === "duration") return "number";
  if (kind !== "keyword" && kind !== "identifier" && kind !== "metric") return undefined;
  if (isLabel) return "label";
  if (kind === "keyword") return "keyword";
  return isCalled ? "function" : "metric";
}
