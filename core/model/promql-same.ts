import { walk, type Expr, type Matcher, type Selector } from "./promql-syntax";
import { matcherAccepts } from "./promql/regex";

/** Whether two expressions have the same series with the same values. */
export function isSameValue(a: Expr, b: Expr): boolean {
  return a === b || (nameOf(a) === nameOf(b) && isAlike(a, b, unread));
}

/** What most expressions differ in. */
function nameOf(expr: Expr): string {
  switch (expr.type) {
    case "selector":
      return expr.metric;
    case "call":
      return expr.fn;
    case "aggregation":
    case "binary":
      return expr.op;
    default:
      return expr.type;
  }
}

/** What changes no value: what moves a selector in time, or how often it is looked at, is not among it. */
const unread = ["from", "to", "matchingSpan", "isOnlyBraces"];
const unreadOrAsked = [...unread, "matchers"];

/** Whether two parts of trees are made of the same, but for some of their keys. */
function isAlike(a: unknown, b: unknown, without: readonly string[]): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isAlike(item, b[at], without));
  }
  return isAmong(a, b, without) && Object.keys(b).every((key) => key in a || without.includes(key));
}

/** Whether whatever the first has, the second has alike. */
function isAmong(a: object, b: object, without: readonly string[]): boolean {
  for (const key in a) {
    if (!without.includes(key) && !isAlike(Reflect.get(a, key), Reflect.get(b, key), without)) return false;
  }
  return true;
}

/** The labels by whose matchers alone two expressions differ; none where they are the same, undefined where something else differs. */
export function labelsOfOtherMatchers(a: Expr, b: Expr): readonly string[] | undefined {
  if (nameOf(a) !== nameOf(b)) return undefined;
  const [ours = [], theirs = []] = [a, b].map((expr) => walk(expr).filter((node): node is Selector => node.type === "selector"));
  const areOfSame = ours.length === theirs.length && ours.every(({ metric }, at) => metric === theirs[at]?.metric);
  if (!areOfSame || !isAlike(a, b, unreadOrAsked)) return undefined;
  const written = ({ matchers }: Selector, label: string): string =>
    JSON.stringify(matchers.flatMap((matcher) => (matcher.label === label ? [matcher.op, matcher.value] : [])));
  const labels = [...ours, ...theirs].flatMap(({ matchers }) => matchers.map(({ label }) => label));
  return [...new Set(labels)].filter((label) =>
    ours.some((selector, at) => written(selector, label) !== written(theirs[at] ?? selector, label)),
  );
}

/** Whether each result keeps the label's value of the series that it is made of. */
export function keepsLabel(expr: Expr, label: string): boolean {
  switch (expr.type) {
    case "selector":
      return true;
    case "range":
    case "negation":
      return keepsLabel(expr.of, label);
    case "call":
      return (
        /^(\w+_over_time|i?rate|increase|i?delta|abs|ceil|floor|round)$/.test(expr.fn) &&
        expr.args.every((arg) => arg.type === "literal" || keepsLabel(arg, label))
      );
    case "aggregation":
      return (
        expr.labels.includes(label) === (expr.grouping === "by") &&
        expr.args.every((arg) => arg.type === "literal" || keepsLabel(arg, label))
      );
    default:
      return false;
  }
}

/** The values that labels of a selector's series can have, where they are known. */
type ValuesOf = (selector: Expr) => ReadonlyMap<string, ReadonlySet<string>>;

/** Whether the values of one expression are never more than those of the other that they are divided by: they count a part of it. */
export function isPartOf(part: Expr, whole: Expr, valuesOf: ValuesOf): boolean {
  if (isSameValue(part, whole)) return true;
  if (whole.type === "binary" && [">", ">=", "!="].includes(whole.op) && !whole.bool) return isPartOf(part, whole.left, valuesOf);
  if (part.type !== "aggregation" || whole.type !== "aggregation") return false;
  if (part.op !== whole.op || !["sum", "count"].includes(part.op) || !isFiner(part, whole)) return false;
  const [inner, outer] = [part.args.at(-1), whole.args.at(-1)];
  return inner !== undefined && outer !== undefined && areAmong(inner, outer, valuesOf);
}

interface Grouped {
  readonly grouping: "by" | "without";
  readonly labels: readonly string[];
}

function isFiner(part: Grouped, whole: Grouped): boolean {
  if (part.grouping !== whole.grouping) return false;
  const [few, many] = part.grouping === "by" ? [whole.labels, part.labels] : [part.labels, whole.labels];
  return few.every((label) => many.includes(label));
}

/** Whether the series of one are some of those of the other, with the same values. */
function areAmong(some: Expr, all: Expr, valuesOf: ValuesOf): boolean {
  if (isSameValue(some, all)) return true;
  if (some.type === "binary" && !some.bool && ["==", "!=", ">", "<", ">=", "<=", "and", "unless"].includes(some.op))
    return areAmong(some.left, all, valuesOf);
  if (some.type === "selector" && all.type === "selector") {
    const bare = (selector: typeof some): Expr => ({ ...selector, matchers: [] });
    return isSameValue(bare(some), bare(all)) && all.matchers.every((matcher) => isSatisfied(matcher, some, valuesOf));
  }
  if (some.type === "range" && all.type === "range") {
    const around = (range: typeof some): Expr => ({ ...range, of: { type: "literal", text: "", value: 0 } });
    return isSameValue(around(some), around(all)) && areAmong(some.of, all.of, valuesOf);
  }
  return (
    some.type === "call" &&
    all.type === "call" &&
    some.fn === all.fn &&
    ["rate", "irate", "increase"].includes(some.fn) &&
    areAmong(some.args[0] ?? some, all.args[0] ?? all, valuesOf)
  );
}

/** Whether all of a selector's series satisfy the matcher, since it asks for the same or for values that all do. */
function isSatisfied(asked: Matcher, selector: Selector, valuesOf: ValuesOf): boolean {
  const { label, op, value } = asked;
  if (selector.matchers.some((own) => own.label === label && own.op === op && own.value === value)) return true;
  const values = valuesOf(selector).get(label);
  return values !== undefined && values.size > 0 && [...values].every((one) => matcherAccepts(asked, one));
}
