import type { Told } from "../prometheus/ask";
import { queryInstant, type InstantResult } from "../prometheus/query";
import type { Deadline } from "../system/within-deadline";
import type { Answer } from "./answer";

/** A gate's query has one number: whatever is longer than this is none. */
const bytes = 4 * 1024 * 1024;

/** The number that a PromQL query has now. A name and a password in the URL are sent as basic authentication. */
export async function askForNumber(url: string, expr: string, deadline: Deadline): Promise<Answer> {
  return readNumber(await queryInstant({ url, bytes, ...deadline }, { expr }));
}

/** What an answer of Prometheus says; anything but one finite number is unknown. */
export function readNumber(told: Told<InstantResult>): Answer {
  if ("cannotTell" in told) return { unknown: `Prometheus: ${told.cannotTell}` };
  // A warning means that a part of the data may be missing: a sum over the rest would look healthier than it is.
  const [warning] = told.warnings;
  if (warning !== undefined) return { unknown: `Prometheus warns: ${warning}` };
  const { resultType, result } = told.data;
  if (resultType === "scalar") return toNumber(result[1]);
  if (resultType === "matrix") return { unknown: "Prometheus answers with a range, not with one number" };
  const [series, ...others] = result;
  if (!series) return { unknown: "Prometheus has no data for it" };
  if (others.length === 0) return toNumber(series.value[1]);
  const labels = result.map(({ metric }) => JSON.stringify(metric));
  return { unknown: `Prometheus has ${labels.length} series for it, not one: ${labels.join(", ")}` };
}

function toNumber(text: string): Answer {
  const value = Number(text);
  return Number.isFinite(value) ? { value } : { unknown: `Prometheus says ${text}, which is no number` };
}
