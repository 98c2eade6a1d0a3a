import { z } from "zod";
import { askPrometheus, type PrometheusServer, type Told } from "./ask";

const sample = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());

const vector = z.object({
  resultType: z.literal("vector"),
  result: z.array(z.object({ metric: labels, value: sample })),
});
const scalar = z.object({ resultType: z.literal("scalar"), result: sample });
const matrix = z.object({
  resultType: z.literal("matrix"),
  result: z.array(z.object({ metric: labels, values: z.array(sample) })),
});

const instant = z.discriminatedUnion("resultType", [vector, scalar, matrix]);

/** What a query has at one moment; a matrix where it selects a range, such as `up[5m]`. Samples: Unix seconds, and the value as text. */
export type InstantResult = z.infer<typeof instant>;

/** What a query has over a time. Samples: Unix seconds, and the value as text. */
export type RangeResult = z.infer<typeof matrix>;

/** What a PromQL query has now, or at a moment in Unix seconds. `limit` is a number of series, from Prometheus 2.53 on. */
export function queryInstant(
  server: PrometheusServer,
  { expr, time, limit }: { readonly expr: string; readonly time?: number; readonly limit?: number },
): Promise<Told<InstantResult>> {
  return askPrometheus(server, {
    path: "query",
    parameters: { query: expr, time, limit, timeout: timeoutOf(server) },
    data: instant,
  });
}

/** What a PromQL query has over a time. Start and end in Unix seconds, the step in seconds. */
export function queryRange(
  server: PrometheusServer,
  range: { readonly expr: string; readonly start: number; readonly end: number; readonly step: number },
): Promise<Told<RangeResult>> {
  const { expr, ...times } = range;
  return askPrometheus(server, {
    path: "query_range",
    parameters: { query: expr, ...times, timeout: timeoutOf(server) },
    data: matrix,
  });
}

/** So that the server does not go on with what nobody waits for. */
function timeoutOf({ timeoutSeconds }: PrometheusServer): string {
  return `${Math.ceil(timeoutSeconds)}s`;
}
