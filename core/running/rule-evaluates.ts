import { problem } from "../checks/check";
import type { LiveCheck } from "./live-check";
import { dataOr } from "./told";

/** A rule whose evaluation fails fires as little as one that is not there. */
export const ruleEvaluates: LiveCheck = {
  id: "rule-evaluates",
  description: "Prometheus evaluates every declared rule without an error.",
  severity: "error",
  run: ({ rules }, { prometheus }) => {
    const failing = dataOr(prometheus?.rules, []).filter(({ health }) => health === "err");
    const told = rules.flatMap(({ kind, name, subject }) => {
      const why = failing.find((one) => one.kind === kind && one.name === name)?.lastError;
      return why === undefined ? [] : [problem(subject, `its evaluation fails: ${shortened(why)}.`)];
    });
    return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
  },
};

/** An error may quote what it failed on, and that may be long. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
