import { z } from "zod";
import type { Model } from "../../core/model/model";
import { legendOf, panelQueries, type PlottedSeries } from "../../core/simulate/plot";

const answer = z.object({
  data: z.object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

/** The last three hours, at so many moments, with so many lines, of an answer of so many bytes: what a page can show. */
const limits = { seconds: 3 * 3600, step: 60, lines: 50, bytes: 4 * 1024 * 1024, milliseconds: 10_000 } as const;

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
  try {
    const lines = await Promise.all(queries.map(([, { expr, legend }]) => askRange(prometheus, { expr, legend, seconds })));
    return {
      json: JSON.stringify({ isLive: true, seconds, panels: { [panel]: lines.flat().slice(0, limits.lines) }, alerts: [] }),
    };
  } catch (error) {
    const reason =
      error instanceof Error && error.name === "TimeoutError"
        ? "it does not answer in time"
        : "it cannot be asked, or its answer is none";
    return { status: 502, message: `Prometheus gives no numbers: ${reason}.` };
  }
}

interface RangeQuery {
  readonly expr: string;
  readonly legend: string;
  readonly seconds: readonly number[];
}

async function askRange(prometheus: string, { expr, legend, seconds }: RangeQuery): Promise<readonly PlottedSeries[]> {
  const { username, password, ...base } = readTarget(prometheus);
  const url = new URL(base.href);
  for (const [name, value] of Object.entries({
    query: expr,
    start: seconds[0],
    end: seconds.at(-1),
    step: limits.step,
    timeout: "10s",
  }))
    url.searchParams.set(name, String(value));
  const credentials =
    username + password === "" ? {} : { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  const response = await fetch(url, {
    headers: credentials,
    redirect: "error",
    signal: AbortSignal.timeout(limits.milliseconds),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { data } = answer.parse(JSON.parse(await readBounded(response)));
  return data.result.map(({ metric, values }) => {
    const byTime = new Map(values.map(([time, value]) => [time, Number(value)]));
    const legible = seconds.map((second) => byTime.get(second) ?? null);
    return {
      legend: legendOf(legend, metric),
      values: legible.map((value) => (value === null || !Number.isFinite(value) ? null : value)),
    };
  });
}

function readTarget(prometheus: string): { readonly href: string; readonly username: string; readonly password: string } {
  const url = new URL(prometheus);
  const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = "";
  url.password = "";
  url.pathname = `${url.pathname.replace(/\/$/, "")}/api/v1/query_range`;
  return { href: url.href, username, password };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  let size = 0;
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    const chunk: unknown = read.value;
    if (!(chunk instanceof Uint8Array) || (size += chunk.length) > limits.bytes) throw new Error("The answer is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
