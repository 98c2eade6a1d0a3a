import { runbookAnnotation } from "../../model/files/runbook-link";
import { problem, type Check } from "../check";

/** Where most alerts say what to do, the ones that do not were forgotten. */
export const runbookIsGiven: Check = {
  id: "runbook-is-given",
  description: "Where most alerts of a repository have a runbook, those that notify have one.",
  severity: "warning",
  run: ({ files }) => {
    const alerts = (files?.rules ?? []).filter(
      ({ kind, labels }) => kind === "alert" && !["info", "none"].includes(labels["severity"] ?? ""),
    );
    const without = alerts.filter((alert) => runbookAnnotation(alert) === undefined);
    if (without.length * 2 >= alerts.length) return [];
    return without.map(({ subject }) =>
      problem(subject, "has no runbook_url, as most alerts here have. Write where its runbook is."),
    );
  },
};
