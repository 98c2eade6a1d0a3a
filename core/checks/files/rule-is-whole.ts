import { problem, type Check } from "../check";

/** What Prometheus itself would refuse, with the whole file. */
export const ruleIsWhole: Check = {
  id: "rule-is-whole",
  description:
    "Rules have what Prometheus needs: a name, an expression, known keys, durations, each group's name once in a file.",
  severity: "error",
  run: ({ files }) =>
    (files?.ruleFaults ?? []).map(({ subject, message, ...more }) => ({ ...problem(subject, message), ...more })),
};
