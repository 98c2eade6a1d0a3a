import { z } from "zod";
import type { Answer, Deadline } from "./answer";
import { describeFailure, withoutPasswords } from "./failure";
import { withinDeadline } from "./within-deadline";
import { parseJson } from "../system/json";

const sample = z.tuple([z.number(), z.string()]);

const response = z.discriminatedUnion("status", [
  z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() }),
  z.object({
    status: z.literal("success"),
    warnings: z.array(z.string()).optional(),
    data: z.discriminatedUnion("resultType", [
      z.object({
        resultType: z.literal("vector"),
        result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: sample })),
      }),
      z.object({ resultType: z.literal("scalar"), result: sample }),
    ]),
  }),
]);

type Response = z.infer<typeof response>;

/** The number that a PromQL query has now. A name and a password in the URL are sent as basic authentication. */
export async function askPrometheus(url: string, expr: string, deadline: Deadline): Promise<Answer> {
  try {
    return await withinDeadline(deadline, async (signal) => {
      const reply = await fetch(queryUrl(url, expr, deadline.timeoutSeconds), { signal, headers: authorization(url) });
      return readReply(await reply.text(), reply.status);
    });
  } catch (error) {
    return { unknown: `Prometheus: ${withoutPasswords(describeFailure(error), [url])}` };
  }
}

function queryUrl(url: string, expr: string, timeoutSeconds: number): URL {
  const target = new URL(url);
  target.username = "";
  target.password = "";
  target.pathname = `${target.pathname.replace(/\/$/, "")}/api/v1/query`;
  target.searchParams.set("query", expr);
  target.searchParams.set("timeout", `${Math.ceil(timeoutSeconds)}s`);
  return target;
}

function authorization(url: string): Record<string, string> {
  const { username, password } = new URL(url);
  if (username === "" && password === "") return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
}

/** What an answer of Prometheus's HTTP API says; anything but one finite number is unknown. */
export function readReply(body: string, status: number): Answer {
  const parsed = response.safeParse(parseJson(body));
  return parsed.success
    ? readResponse(parsed.data)
    : { unknown: `Prometheus: HTTP ${status}, and the answer is not that of a PromQL query` };
}

function readResponse(answer: Response): Answer {
  if (answer.status === "error") return { unknown: `Prometheus: ${answer.errorType}: ${answer.error}` };
  // A warning means that a part of the data may be missing: a sum over the rest would look healthier than it is.
  const [warning] = answer.warnings ?? [];
  if (warning !== undefined) return { unknown: `Prometheus warns: ${warning}` };
  if (answer.data.resultType === "scalar") return toNumber(answer.data.result[1]);
  const [series, ...others] = answer.data.result;
  if (!series) return { unknown: "Prometheus has no data for it" };
  if (others.length === 0) return toNumber(series.value[1]);
  const labels = answer.data.result.map(({ metric }) => JSON.stringify(metric));
  return { unknown: `Prometheus has ${labels.length} series for it, not one: ${labels.join(", ")}` };
}

function toNumber(text: string): Answer {
  const value = Number(text);
  return Number.isFinite(value) ? { value } : { unknown: `Prometheus says ${text}, which is no number` };
}
