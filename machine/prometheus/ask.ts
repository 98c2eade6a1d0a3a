import { z } from "zod";
import { parseJson } from "../system/json";
import { readReply, type CannotTell, type Patience } from "../system/read-reply";

/** A Prometheus, or what speaks its HTTP API, and what one of its answers may cost. */
export interface PrometheusServer extends Patience {
  /** Where the API's path begins, such as `http://localhost:9090` or `https://reader:secret@metrics.example/prometheus/`. */
  readonly url: string;
}

/** One question to the HTTP API; it reads. */
export interface Question<T> {
  /** Below `/api/v1/`, such as `query` or `label/job/values`. */
  readonly path: string;
  readonly parameters?: Parameters;
  /** What the answer's `data` must look like. */
  readonly data: z.ZodType<T>;
}

/** Names and values; a list is the same name again and again, as in `match[]`. What is undefined is left out. */
export type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** What Prometheus says, with its warnings (a part may be missing); or why nothing is known, without the server's name. */
export type Told<T> = { readonly data: T; readonly warnings: readonly string[] } | CannotTell;

const reply = z.discriminatedUnion("status", [
  z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() }),
  z.object({ status: z.literal("success"), data: z.unknown(), warnings: z.array(z.string()).optional() }),
]);

/** Above it, a question goes by POST: servers and proxies refuse longer addresses. */
const longestAddress = 4000;

/** The questions that Prometheus answers by POST too. */
const takesPost = ["query", "query_range", "series", "labels"];

/** Asks a Prometheus one question. It never throws: what goes wrong is why nothing can be told. */
export async function askPrometheus<T>(server: PrometheusServer, question: Question<T>): Promise<Told<T>> {
  const { path, parameters = {}, data } = question;
  const url = new URL(server.url);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/api/v1/${path}`;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of [value ?? []].flat()) form.append(name, String(one));
  const isLong = form.toString().length > longestAddress && takesPost.includes(path);
  if (!isLong) for (const [name, value] of form) url.searchParams.append(name, value);
  const answer = await readReply({ url: url.href, ...(isLong && { form }) }, server);
  if ("cannotTell" in answer) return answer;
  const read = reply.safeParse(parseJson(answer.text));
  if (!read.success) return { cannotTell: `HTTP ${answer.status}, and the answer is not that of a Prometheus` };
  if (read.data.status === "error") return { cannotTell: `${read.data.errorType}: ${read.data.error}` };
  const parsed = data.safeParse(read.data.data);
  return parsed.success
    ? { data: parsed.data, warnings: read.data.warnings ?? [] }
    : { cannotTell: `HTTP ${answer.status}, and the answer is not that of /api/v1/${path}` };
}
