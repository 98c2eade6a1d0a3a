/** What an expression is: a vector, a number, a range of samples, or a text. */
export type ValueType = "vector" | "scalar" | "range" | "string";

/** The arguments of a function; those from `optional` on may be left out, and with `repeated` the last may come again so often. */
export interface Signature {
  readonly args: readonly ValueType[];
  readonly optional: number;
  readonly repeated: number;
  readonly result: ValueType;
  readonly experimental: boolean;
}

const vectorFunctions = [
  ...["abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp", "floor"],
  ...["histogram_avg", "histogram_count", "histogram_sum", "histogram_stddev", "histogram_stdvar", "ln", "log10", "log2"],
  ...["rad", "sgn", "sin", "sinh", "sort", "sort_desc", "sqrt", "tan", "tanh", "timestamp"],
];
const rangeFunctions = [
  ...["absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "first_over_time", "idelta"],
  ...["increase", "irate", "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets"],
  ...["stddev_over_time", "stdvar_over_time", "sum_over_time"],
];
const dateFunctions = ["days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year"];
const experimentalRangeFunctions = [
  ...["mad_over_time", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time"],
];
const experimentalScalars = ["end", "range", "start", "step"];

/** Every function of Prometheus 3.16 (promql/parser/functions.go), by its name. */
export const functions: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ...named(vectorFunctions, signature(["vector"])),
  ...named(rangeFunctions, signature(["range"])),
  ...named(dateFunctions, signature(["vector"], { optional: 0 })),
  ...named(experimentalRangeFunctions, signature(["range"], { experimental: true })),
  ...named(experimentalScalars, signature([], { result: "scalar", experimental: true })),
  ...named(["max_of", "min_of"], signature(["scalar", "scalar"], { result: "scalar", experimental: true })),
  ...named(["pi", "time"], signature([], { result: "scalar" })),
  ...named(["clamp"], signature(["vector", "scalar", "scalar"])),
  ...named(["clamp_max", "clamp_min"], signature(["vector", "scalar"])),
  ...named(["double_exponential_smoothing"], signature(["range", "scalar", "scalar"], { experimental: true })),
  ...named(["histogram_fraction"], signature(["scalar", "scalar", "vector"])),
  ...named(["histogram_quantile"], signature(["scalar", "vector"])),
  ...named(
    ["histogram_quantiles"],
    signature(["vector", "string", "scalar", "scalar"], { optional: 3, repeated: 9, experimental: true }),
  ),
  ...named(["info"], signature(["vector", "vector"], { optional: 1, experimental: true })),
  ...named(["integral"], signature(["range", "scalar"], { optional: 1, experimental: true })),
  ...named(["label_join"], signature(["vector", "string", "string", "string"], { optional: 3, repeated: Infinity })),
  ...named(["label_replace"], signature(["vector", "string", "string", "string", "string"])),
  ...named(["predict_linear"], signature(["range", "scalar"])),
  ...named(["quantile_over_time"], signature(["scalar", "range"])),
  ...named(["round"], signature(["vector", "scalar"], { optional: 1 })),
  ...named(["scalar"], signature(["vector"], { result: "scalar" })),
  ...named(
    ["sort_by_label", "sort_by_label_desc"],
    signature(["vector", "string"], { optional: 1, repeated: Infinity, experimental: true }),
  ),
  ...named(["start_timestamp"], signature(["vector"], { experimental: true })),
  ...named(["vector"], signature(["scalar"])),
]);

function named(names: readonly string[], value: Signature): readonly (readonly [string, Signature])[] {
  return names.map((name) => [name, value]);
}

function signature(args: readonly ValueType[], rest: Partial<Omit<Signature, "args">> = {}): Signature {
  return { args, optional: args.length, repeated: 1, result: "vector", experimental: false, ...rest };
}
