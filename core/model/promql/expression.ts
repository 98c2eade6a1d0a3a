import { literalValue } from "./duration";
import { isModifierNext, readModifiers, type Bare } from "./modifiers";
import { readOperatorModifiers } from "./operator";
import type { Reader } from "./reader";
import { readSelector } from "./selector";
import { readLabels } from "./labels";
import { stringValue } from "./string";
import { aggregations, isAggregation, isMetricName, timeWords } from "./token";
import type { Aggregation, Call, Expr } from "./tree";

const precedence: Readonly<Record<string, number>> = {
  ...{ or: 1, and: 2, unless: 2 },
  ...{ "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "</": 3, ">/": 3 },
  ...{ "+": 4, "-": 4, "*": 5, "/": 5, "%": 5, atan2: 5, "^": 6 },
};
const asTightAsPower = 6;

/** An expression whose operators bind at least so tightly, by Prometheus' grammar (promql/parser/generated_parser.y). */
export function readExpression(reader: Reader, minimum = 0): Expr {
  reader.enter();
  let left = readSigned(reader);
  for (;;) {
    const { levels } = reader;
    const { word: op } = reader.peek();
    const own = op === "" ? undefined : precedence[op];
    if (own === undefined || own < minimum) {
      reader.leave();
      return left;
    }
    reader.next();
    const modifiers = readOperatorModifiers(reader);
    const right = readExpression(reader, op === "^" ? own : own + 1);
    reader.levels = Math.max(levels, reader.levels) + 1;
    reader.limit(reader.levels);
    left = { type: "binary", op, left, right, ...modifiers };
  }
}

function readSigned(reader: Reader): Expr {
  const sign = reader.acceptOneOf(["+", "-"]);
  if (sign === "+" || sign === "-") {
    const of = readExpression(reader, asTightAsPower);
    reader.levels += 1;
    return { type: "negation", sign, of };
  }
  const from = reader.peek().from;
  const { expr, bare } = readAtom(reader);
  return isModifierNext(reader) ? readModifiers(reader, { expr, bare, from }) : expr;
}

/** What stands between operators and before modifiers; `bare` says what modifiers it takes. */
function readAtom(reader: Reader): { readonly expr: Expr; readonly bare: Bare } {
  const token = reader.peek();
  const follows = reader.peek(1).word;
  reader.levels = 1;
  if (token.kind === "number" || token.kind === "duration") {
    return { expr: { type: "literal", text: token.text, value: literalValue(reader, reader.next()) }, bare: "other" };
  }
  if (token.kind === "string") {
    return { expr: { type: "literal", text: reader.next().text, value: stringValue(token.text) }, bare: "other" };
  }
  if (reader.accept("(")) {
    const expr = readExpression(reader);
    reader.expect(")", "parentheses");
    return { expr: expr.type === "selector" ? { ...expr, isOnlyBraces: false } : expr, bare: "other" };
  }
  if (isAggregation(token.word) && ["(", "by", "without"].includes(follows)) {
    return { expr: readAggregation(reader), bare: "other" };
  }
  if (follows === "(" && (token.kind === "identifier" || timeWords.has(token.word))) {
    return { expr: readCall(reader), bare: "other" };
  }
  if (isMetricName(token) || token.word === "{") return { expr: readSelector(reader), bare: "selector" };
  return reader.unexpected("an expression");
}

function readCall(reader: Reader): Call {
  const { text, from } = reader.next();
  const args = readArguments(reader, `the arguments of ${text}()`);
  return { type: "call", fn: text, args, from, to: reader.end() };
}

function readAggregation(reader: Reader): Aggregation {
  const { word: op, from } = reader.next();
  const before = readGrouping(reader, op);
  const args = readArguments(reader, op);
  const { grouping, labels } = before ?? readGrouping(reader, op) ?? noGrouping;
  const wanted = aggregations[op] === undefined ? 1 : 2;
  if (args.length !== wanted) reader.fault(`${op} takes ${wanted} argument${wanted > 1 ? "s" : ""}, not ${args.length}`, from);
  if (op === "limitk" || op === "limit_ratio") {
    reader.experimental.push({ what: `${op}()`, flag: "promql-experimental-functions" });
  }
  return { type: "aggregation", op, grouping, labels, args };
}

const noGrouping = { grouping: "by", labels: [] } as const;

function readGrouping(reader: Reader, op: string): Pick<Aggregation, "grouping" | "labels"> | undefined {
  const grouping = reader.acceptOneOf(["by", "without"]);
  if (grouping !== "by" && grouping !== "without") return undefined;
  return { grouping, labels: readLabels(reader, `the labels of ${op} ${grouping}`) };
}

function readArguments(reader: Reader, where: string): readonly Expr[] {
  reader.expect("(", where);
  if (reader.accept(")")) return [];
  const args: Expr[] = [];
  let levels = 0;
  do {
    args.push(readExpression(reader));
    levels = Math.max(levels, reader.levels);
  } while (reader.accept(","));
  reader.expect(")", where);
  reader.levels = levels + 1;
  return args.slice();
}
