/** The ids of the checks of what runs (`core/running/`): they are accepted beside a declaration too, and found only where servers are asked. */
export const liveIds = [
  "server-answers",
  "rule-is-running",
  "rule-evaluates",
  "series-exists",
  "series-labels-agree",
  "alert-can-fire",
  "query-finds-series",
  "sides-meet",
  "window-fits-scrapes",
  "retention-fits-ranges",
  "alerting-agrees",
  "dashboard-is-there",
  "runbook-answers",
] as const;

/** Whether a check is one of those. */
export function isLiveId(id: string): boolean {
  return liveIds.some((live) => live === id);
}
