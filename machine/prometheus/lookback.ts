import { durationValue } from "../../core/model/promql/number";

/** For how many seconds a sample is the present one, by the server's flags (`/api/v1/status/flags`). */
export function lookbackSecondsIn(flags: Readonly<Record<string, string>> = {}): number {
  const usualSeconds = 300;
  const flag = flags["query.lookback-delta"];
  return (flag === undefined ? undefined : durationValue(flag)) ?? usualSeconds;
}
