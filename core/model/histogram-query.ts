import type { AnyHistogram, Labels } from "./metric";
import { queryOf, where, type Matchers, type Query } from "./query";

interface Observed<L extends Labels> {
  /** Which series count. */
  readonly of: NoInfer<Matchers<L>>;
  readonly by: readonly string[];
  /** Prometheus' range: a duration, or Grafana's. */
  readonly window: string;
}

/** A quantile of what a histogram has observed within a window. */
export function quantileOf<L extends Labels>(phi: number, histogram: AnyHistogram<L>, { of, by, window }: Observed<L>): Query {
  const rates =
    histogram.type === "histogram"
      ? aggregate("sum", [...by, "le"], rate(where(histogram.bucket, of), window))
      : aggregate("sum", by, rate(where(histogram, of), window));
  return queryOf(`histogram_quantile(${phi}, ${rates.expr})`);
}

/** How many observations a second there are within a window. */
export function observationRate<L extends Labels>(histogram: AnyHistogram<L>, { of, by, window }: Observed<L>): Query {
  if (histogram.type === "histogram") return aggregate("sum", by, rate(where(histogram.count, of), window));
  return queryOf(`histogram_count(${aggregate("sum", by, rate(where(histogram, of), window)).expr})`);
}

/** An aggregation over some labels, or over all. */
export function aggregate(op: string, by: readonly string[], { expr }: Query): Query {
  return queryOf(by.length === 0 ? `${op}(${expr})` : `${op} by (${by.join(", ")}) (${expr})`);
}

function rate({ expr }: Query, window: string): Query {
  return queryOf(`rate(${expr}[${window}])`);
}
