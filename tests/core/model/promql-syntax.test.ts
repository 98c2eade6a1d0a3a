import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { needsParentheses, parsePromql, readQuery, walk } from "../../../core/model/promql-syntax";

const a = { type: "selector", metric: "a", matchers: [], isSelective: true, isOnlyBraces: false };
const b = { ...a, metric: "b" };

describe("an expression of very many levels", () => {
  const many = 30_000;
  const rows: Readonly<Record<string, (levels: number) => string>> = {
    parentheses: (levels) => `${"(".repeat(levels)}a${")".repeat(levels)}`,
    operators: (levels) => Array.from({ length: levels }, () => "a").join(" or "),
    powers: (levels) => Array.from({ length: levels }, () => "2").join(" ^ "),
    signs: (levels) => `${"-".repeat(levels)}1`,
    calls: (levels) => `${"abs(".repeat(levels)}a${")".repeat(levels)}`,
    subqueries: (levels) => `a${"[5m:]".repeat(levels)}`,
    durations: (levels) => `a[${"(".repeat(levels)}5m${")".repeat(levels)}]`,
    "operators within parentheses": (levels) =>
      Array.from({ length: levels / 500 }, () => rows["operators"]?.(500) ?? "").reduce(
        (inner, outer) => `(${inner}) or ${outer}`,
      ),
  };

  for (const [name, text] of Object.entries(rows)) {
    it(`is told, and nothing breaks: ${name}`, () => {
      const { tree, errors } = readQuery(text(many));
      assert.equal(tree, undefined);
      assert.deepEqual([errors[0]?.message, errors[0]?.isOwnLimit], ["it has more than 1000 levels", true]);
    });
  }

  for (const name of ["parentheses", "operators", "calls", "signs", "powers"])
    it(`is read as long as there are not too many: ${name}`, () => {
      assert.deepEqual(readQuery(rows[name]?.(900) ?? "").errors, []);
    });
});

describe("parsePromql", () => {
  const rows: readonly (readonly [text: string, tree: object])[] = [
    [
      'a{x="1", y!="2", z=~"3", w!~"4"}',
      selector([
        ["x", "=", "1"],
        ["y", "!=", "2"],
        ["z", "=~", "3"],
        ["w", "!~", "4"],
      ]),
    ],
    ['a{x="\\"\\\\d"}', selector([["x", "=", '"\\d']])],
    ["a{x=`\\d`}", selector([["x", "=", "\\d"]])],
    ['{"a", x="1"}', { ...selector([["x", "=", "1"]]), isOnlyBraces: true }],
    ['{__name__="a", x="1"}', { ...selector([["x", "=", "1"]]), isOnlyBraces: true }],
    ['{x=~".*"}', { ...selector([["x", "=~", ".*"]]), metric: "", isSelective: false, isOnlyBraces: true }],
    ["a offset 5m", { ...a, moved: { offset: 300 } }],
    ["a offset -300", { ...a, moved: { offset: -300 } }],
    ["a offset (step() + 1)", { ...a, moved: { offset: "( step ( ) + 1 )" } }],
    ["a offset 0s", a],
    ["(a @ end())", { ...a, moved: { at: "end ( )" } }],
    ["a @ 10 offset 5m", { ...a, moved: { at: "10", offset: 300 } }],
    ["a[5m] offset 1h", { type: "range", isSubquery: false, seconds: 300, moved: { offset: 3600 }, of: a }],
    ["a[5m] smoothed", { type: "range", isSubquery: false, seconds: 300, moved: { samples: "smoothed" }, of: a }],
    ["a[1h30m]", { type: "range", isSubquery: false, seconds: 5400, of: a }],
    ["a[5m:1m] offset 1h", { type: "range", isSubquery: true, seconds: 300, step: 60, moved: { offset: 3600 }, of: a }],
    ["a[5m:]", { type: "range", isSubquery: true, seconds: 300, of: a }],
    ["a[5m * 2]", { type: "range", isSubquery: false, computed: "5m * 2", of: a }],
    ["a[$__rate_interval]", { type: "range", isSubquery: false, computed: "$__rate_interval", of: a }],
    ["a[${__interval}]", { type: "range", isSubquery: false, computed: "${__interval}", of: a }],
    [
      "a[${__range_s}s:$__interval_ms]",
      { type: "range", isSubquery: true, computed: "${__range_s}s", step: "$__interval_ms", of: a },
    ],
    ["-a", { type: "negation", sign: "-", of: a }],
    ["+a", { type: "negation", sign: "+", of: a }],
    ["0x1F", { type: "literal", text: "0x1F", value: 31 }],
    ["010", { type: "literal", text: "010", value: 8 }],
    ["1_000.5", { type: "literal", text: "1_000.5", value: 1000.5 }],
    ["5m", { type: "literal", text: "5m", value: 300 }],
    ["'\\x41\\101\\u00e9\\n'", { type: "literal", text: "'\\x41\\101\\u00e9\\n'", value: "AA\u00e9\n" }],
    ["vector(1)", { type: "call", fn: "vector", args: [{ type: "literal", text: "1", value: 1 }] }],
    ["sum(a)", { type: "aggregation", op: "sum", grouping: "by", labels: [], args: [a] }],
    ["sum by (x, y) (a)", { type: "aggregation", op: "sum", grouping: "by", labels: ["x", "y"], args: [a] }],
    ["SUM(a) WITHOUT (x)", { type: "aggregation", op: "sum", grouping: "without", labels: ["x"], args: [a] }],
    ["a + b", { type: "binary", op: "+", bool: false, left: a, right: b }],
    ["a # of them\n+ b", { type: "binary", op: "+", bool: false, left: a, right: b }],
    ["a OR b", { type: "binary", op: "or", bool: false, left: a, right: b }],
    ["a > bool b", { type: "binary", op: ">", bool: true, left: a, right: b }],
    ["a and on () b", { type: "binary", op: "and", bool: false, matching: { on: true, labels: [] }, left: a, right: b }],
    [
      "a / ignoring (x) group_left (y) b",
      {
        type: "binary",
        op: "/",
        bool: false,
        matching: { on: false, labels: ["x"] },
        group: { side: "left", include: ["y"] },
        left: a,
        right: b,
      },
    ],
  ];
  for (const [text, tree] of rows) {
    it(`reads ${text}`, () => {
      assert.deepEqual(withoutSpans(parsePromql(text)), tree);
    });
  }

  for (const text of ["", "sum(a", "a b", "a[5m", "rate(a[])", "a{x=}", "a +", "sum by (a)"]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parsePromql(text), undefined);
    });
  }
});

describe("PromQL text", () => {
  it("tells where it stops being PromQL, and why", () => {
    assert.deepEqual(readQuery("sum(a) b").errors, [
      { message: 'unexpected "b" in the expression, expected an operator or the end', at: 7 },
    ]);
    assert.deepEqual(readQuery("sum(a)").errors, []);
  });

  it("tells which of Grafana's durations it uses, and takes nothing that only looks like one", () => {
    assert.deepEqual(readQuery('rate(a{b="$__interval"}[$__range]) * ${__interval_ms}').variables, [
      "$__range",
      "${__interval_ms}",
    ]);
    assert.equal(readQuery("rate(a[$__ranges])").tree, undefined);
  });

  it("tells where its durations stand", () => {
    assert.deepEqual(readQuery("rate(a[5m]) + b offset 1h > 300").durations, [
      { from: 7, to: 9 },
      { from: 23, to: 25 },
    ]);
  });

  it("tells where matchers stand, and where the matching of two sides does or would", () => {
    const text = 'a{x="1", y=~"2"} > bool b / on (x) group_left c and -d';
    const nodes = [...walk(parsePromql(text) ?? { type: "literal", text: "", value: "" })];
    const slices = (spans: readonly { readonly from: number; readonly to: number }[]): readonly string[] =>
      spans.map(({ from, to }) => `${text.slice(0, from).slice(-4)}|${text.slice(from, to)}`);
    assert.deepEqual(slices(nodes.flatMap((node) => (node.type === "selector" ? node.matchers : []))), [
      'a{|x="1"',
      '1", |y=~"2"',
    ]);
    assert.deepEqual(slices(nodes.flatMap((node) => (node.type === "binary" ? [node.matchingSpan] : []))), [
      " and|",
      "bool|",
      "b / |on (x)",
    ]);
  });

  it("needs parentheses when its outermost operator could lose its operands", () => {
    assert.deepEqual(["a + b", "-a", "sum(a + b)", "(a + b)", "a"].map(needsParentheses), [true, true, false, true, false]);
  });

  it("needs them or not as its tree says, whatever its strings and comments look like", () => {
    const texts = [
      ...['a{x=")"} + b', 'a{x="\\""} or b', "a{x='{'} - 1", "a{x=`\\`} unless b", "a\nAND b", "a == bool b", "a atan2 b"],
      ...[
        'label_replace(a, "x", "(", "y", "+")',
        'a{x="+"}',
        "a{x!='1'}",
        "a[5m:1m]",
        "((a))",
        "((a) + (b))",
        " (a or b)",
        "-(a)",
      ],
      ...["a offset -5m", "rate(a[5m] offset -1h)", "a @ end()", "sum by (and) (a)", "1e-5", "(", "a +", "", 'a{x="'],
      ...["a # + b", "a # it's\n+ b # it's", "# (\na + b"],
    ];
    const types = texts.map((text) => parsePromql(text)?.type);
    assert.deepEqual(
      texts.map(needsParentheses),
      types.map((type) => type === "binary" || type === "negation"),
    );
  });

  it("is walked with all its parts, parents first", () => {
    const tree = parsePromql("sum(rate(a[5m])) / -b");
    assert.deepEqual(
      [...walk(tree ?? { type: "literal", text: "", value: "" })].map(({ type }) => type),
      ["binary", "aggregation", "call", "range", "selector", "negation", "selector"],
    );
  });
});

function selector(matchers: readonly (readonly [label: string, op: string, value: string])[]): object {
  return { ...a, matchers: matchers.map(([label, op, value]) => ({ label, op, value })) };
}

function withoutSpans(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (["from", "to", "matchingSpan"].includes(key) ? undefined : part)),
  );
}
