import { parser } from "@prometheus-io/lezer-promql";
import { withoutGrafanaVariables } from "../model/promql-syntax";
import { html, type Html } from "./html";

/** What a token of PromQL is colored as, by the grammar's name of it. */
const kinds: Readonly<Record<string, string>> = {
  Identifier: "metric",
  LabelName: "label",
  StringLiteral: "string",
  NumberDurationLiteral: "number",
  NumberDurationLiteralInDurationContext: "number",
  FunctionIdentifier: "function",
  AggregateOp: "keyword",
  By: "keyword",
  Without: "keyword",
  On: "keyword",
  Ignoring: "keyword",
  GroupLeft: "keyword",
  GroupRight: "keyword",
  Offset: "keyword",
  Bool: "keyword",
  And: "keyword",
  Or: "keyword",
  Unless: "keyword",
  LineComment: "comment",
};

/** PromQL with its parts colored, by Prometheus' own grammar. Text that it cannot read stays plain. */
export function promqlMarkup(text: string): Html {
  // Only where it keeps every place: a query for Grafana is read with a duration of the same length.
  const readable = text.replaceAll("$__rate_interval", "5m".padEnd("$__rate_interval".length));
  if (readable !== withoutGrafanaVariables(readable)) return html`${text}`;
  const pieces: Html[] = [];
  let done = 0;
  const cursor = parser.parse(readable).cursor();
  do {
    const kind = kinds[cursor.name];
    if (kind === undefined || cursor.from < done) continue;
    pieces.push(html`${text.slice(done, cursor.from)}<span class="q-${kind}">${text.slice(cursor.from, cursor.to)}</span>`);
    done = cursor.to;
  } while (cursor.next());
  return html`${pieces}${text.slice(done)}`;
}
