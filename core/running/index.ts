import { alertCanFire } from "./alert-can-fire";
import { alertingAgrees } from "./alerting-agrees";
import { dashboardIsThere } from "./dashboard-is-there";
import type { LiveCheck } from "./live-check";
import { queryFindsSeries } from "./query-finds-series";
import { retentionFitsRanges } from "./retention-fits-ranges";
import { ruleEvaluates } from "./rule-evaluates";
import { ruleIsRunning } from "./rule-is-running";
import { runbookAnswers } from "./runbook-answers";
import { seriesExists } from "./series-exists";
import { seriesLabelsAgree } from "./series-labels-agree";
import { serverAnswers } from "./server-answers";
import { sidesMeet } from "./sides-meet";
import { windowFitsScrapes } from "./window-fits-scrapes";

/** The checks of what runs, beside what is declared. */
export const liveChecks: readonly LiveCheck[] = [
  serverAnswers,
  ruleIsRunning,
  ruleEvaluates,
  seriesExists,
  seriesLabelsAgree,
  alertCanFire,
  queryFindsSeries,
  sidesMeet,
  windowFitsScrapes,
  retentionFitsRanges,
  alertingAgrees,
  dashboardIsThere,
  runbookAnswers,
];
