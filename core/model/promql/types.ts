import { didYouMean } from "../suggestion";
import { functions, type Signature, type ValueType } from "./functions";
import { aggregations } from "./token";
import type { Aggregation, Binary, Call, Expr, PromqlError } from "./tree";

const written: Readonly<Record<ValueType, string>> = {
  vector: "an instant vector",
  scalar: "a scalar",
  range: "a range vector",
  string: "a string",
};
const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const setOperators: ReadonlySet<string> = new Set(["and", "or", "unless"]);

/** What an expression is, and what Prometheus' type rules refuse in it (checkAST in promql/parser/parse.go). */
export interface Checked {
  readonly type: ValueType;
  readonly faults: readonly PromqlError[];
  /** Functions that Prometheus has only behind a feature flag. */
  readonly experimental: readonly string[];
}

/** Checks an expression by Prometheus' type rules. */
export function checkTypes(expr: Expr): Checked {
  const faults: PromqlError[] = [];
  const experimental: string[] = [];
  const check = new TypeCheck(faults, experimental);
  const type = check.typeOf(expr);
  return { type, faults, experimental };
}

class TypeCheck {
  constructor(
    private readonly faults: PromqlError[],
    private readonly experimental: string[],
  ) {}

  private fault(message: string): void {
    this.faults.push({ message });
  }

  typeOf(expr: Expr): ValueType {
    switch (expr.type) {
      case "literal":
        return typeof expr.value === "string" ? "string" : "scalar";
      case "selector":
        if (!expr.isSelective) this.fault("a selector needs a name, or a matcher that an absent label does not satisfy");
        return "vector";
      case "range":
        this.expect(expr.of, "vector", "a subquery or a range");
        return "range";
      case "negation": {
        const type = this.typeOf(expr.of);
        if (type !== "scalar" && type !== "vector") this.fault(`${written[type]} has no sign`);
        return type;
      }
      case "aggregation":
        return this.aggregation(expr);
      case "call":
        return this.call(expr);
      case "binary":
        return this.binary(expr);
    }
  }

  private expect(expr: Expr, wanted: ValueType, where: string): void {
    const type = this.typeOf(expr);
    if (type !== wanted) this.fault(`${where} takes ${written[wanted]}, not ${written[type]}`);
  }

  private aggregation({ op, args }: Aggregation): ValueType {
    const [first, second] = args;
    const wanted = aggregations[op];
    if (wanted && first) this.expect(first, wanted, op);
    const vector = wanted ? second : first;
    if (vector) this.expect(vector, "vector", op);
    return "vector";
  }

  private call({ fn, args }: Call): ValueType {
    const known = functions.get(fn);
    if (!known) {
      this.fault(`there is no function ${fn}().${didYouMean(fn, functions.keys())}`);
      return "vector";
    }
    if (known.experimental) this.experimental.push(`${fn}()`);
    this.arity(fn, args.length, known);
    args.forEach((arg, index) => {
      const wanted = known.args[index] ?? (known.optional < known.args.length ? known.args.at(-1) : undefined);
      if (fn === "info" && index === 1) this.labelsOfInfo(arg);
      else if (wanted) this.expect(arg, wanted, `${fn}()`);
    });
    return known.result;
  }

  private arity(fn: string, count: number, { args, optional, repeated }: Signature): void {
    const most = optional < args.length ? args.length - 1 + repeated : args.length;
    if (count >= optional && count <= most) return;
    const wanted = optional === most ? `${most}` : most === Infinity ? `at least ${optional}` : `${optional} to ${most}`;
    this.fault(`${fn}() takes ${wanted} argument${wanted === "1" ? "" : "s"}, not ${count}`);
  }

  /** The second argument of info() is matchers without a name. */
  private labelsOfInfo(arg: Expr): void {
    const isMatchers = arg.type === "selector" && arg.isOnlyBraces;
    if (!isMatchers) this.fault("info() takes matchers in braces as its second argument");
  }

  private binary({ op, bool, matching, group, isFilled, left, right }: Binary): ValueType {
    const types = [this.typeOf(left), this.typeOf(right)] as const;
    const areVectors = types[0] === "vector" && types[1] === "vector";
    const areScalars = types[0] === "scalar" && types[1] === "scalar";
    const isSet = setOperators.has(op);
    if (bool && !comparisons.has(op)) this.fault(`bool stands only behind comparisons, not behind ${op}`);
    if (comparisons.has(op) && !bool && areScalars) this.fault(`comparisons between scalars need bool: ${op} bool`);
    if (matching?.on) {
      for (const label of matching.labels.filter((one) => group?.include.includes(one))) {
        this.fault(`the label ${label} stands in on (…) and in group_${group?.side ?? "left"} (…)`);
      }
    }
    for (const type of types) {
      if (type !== "scalar" && type !== "vector") this.fault(`${op} takes scalars and instant vectors, not ${written[type]}`);
    }
    if (!areVectors && (matching?.labels.length ?? 0) > 0) this.fault("on and ignoring stand only between instant vectors");
    if ((!areVectors || isSet) && isFilled) this.fault("fill stands only between instant vectors, and not at set operators");
    if (areVectors && isSet && group) this.fault(`${op} takes no group_${group.side}`);
    if (isSet && types.includes("scalar")) this.fault(`the set operator ${op} takes no scalar`);
    return areScalars ? "scalar" : "vector";
  }
}
