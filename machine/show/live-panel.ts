import type { Model } from "../../core/model/model";
import { legendOf, panelQueries, type PlottedSeries } from "../../core/simulate/plot";
import { queryRange } from "../prometheus/query";
import type { CannotTell } from "../system/read-reply";

/** The last three hours, at so many moments, with so many lines, of an answer of so many bytes: what a page can show. */
const limits = { seconds: 3 * 3600, step: 60, lines: 50, bytes: 4 * 1024 * 1024, timeoutSeconds: 10 } as const;

/** What a page is answered about a panel: JSON, or a refusal with its HTTP status. */
export type LiveAnswer = { readonly json: string } | { readonly status: 404 | 502; readonly message: string };

/**
 * Asks Prometheus what a panel shows. A page names a panel, never a query: nothing is asked but what the model asks, always
 * over the same time.
 */
export async function askLive(model: Model, prometheus: string, panel: string): Promise<LiveAnswer> {
  const queries = [...panelQueries(model)].filter(([, query]) => query.panel === panel);
  if (queries.length === 0) return { status: 404, message: "There is no such panel." };
  const end = Math.floor(Date.now() / 1000 / limits.step) * limits.step;
  const seconds = Array.from(
    { length: limits.seconds / limits.step + 1 },
    (_, number) => end - limits.seconds + number * limits.step,
  );
  const answers = await Promise.all(queries.map(([, { expr, legend }]) => askRange(prometheus, { expr, legend, seconds })));
  const lines: PlottedSeries[] = [];
  for (const answer of answers) {
    if (!Array.isArray(answer)) return { status: 502, message: `Prometheus gives no numbers: ${answer.cannotTell}.` };
    lines.push(...answer);
  }
  return { json: JSON.stringify({ isLive: true, seconds, panels: { [panel]: lines.slice(0, limits.lines) }, alerts: [] }) };
}

interface RangeQuery {
  readonly expr: string;
  readonly legend: string;
  readonly seconds: readonly number[];
}

async function askRange(url: string, { expr, legend, seconds }: RangeQuery): Promise<PlottedSeries[] | CannotTell> {
  const [start = 0] = seconds;
  const server = { url, bytes: limits.bytes, timeoutSeconds: limits.timeoutSeconds, signal: new AbortController().signal };
  const told = await queryRange(server, { expr, start, end: seconds.at(-1) ?? start, step: limits.step });
  if ("cannotTell" in told) return told;
  return told.data.result.map(({ metric, values }) => {
    const byTime = new Map(values.map(([time, value]) => [time, Number(value)]));
    const legible = seconds.map((second) => byTime.get(second) ?? null);
    return {
      legend: legendOf(legend, metric),
      values: legible.map((value) => (value === null || !Number.isFinite(value) ? null : value)),
    };
  });
}
