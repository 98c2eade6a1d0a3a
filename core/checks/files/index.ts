import { alertLabelsAreDistinct } from "../alert-labels-are-distinct";
import { anchorExists } from "../anchor-exists";
import { metricIsDeclared } from "../metric-is-declared";
import { histogramIsRead } from "../histogram-is-read";
import { labelIsDeclared } from "../label-is-declared";
import { labelValueIsDeclared } from "../label-value-is-declared";
import { labelArgumentFits } from "../label-argument-fits";
import { queryHasResult } from "../query-has-result";
import { queryIsPromql } from "../query-is-promql";
import { queryTypeFits } from "../query-type-fits";
import { vectorMatchingIsValid } from "../vector-matching-is-valid";
import { annotationLabelIsKept } from "../annotation-label-is-kept";
import { privacyIsKept } from "../privacy-is-kept";
import type { Check } from "../check";
import { alertNameExists } from "./alert-name-exists";
import { columnExists } from "./column-exists";
import { commandMetricExists } from "./command-metric-exists";
import { commandObjectExists } from "./command-object-exists";
import { dashboardIsLoaded } from "./dashboard-is-loaded";
import { dashboardLinkExists } from "./dashboard-link-exists";
import { datasourceFits } from "./datasource-fits";
import { fileIsReadable } from "./file-is-readable";
import { libraryPanelIsFollowed } from "./library-panel-is-followed";
import { linkExists } from "./link-exists";
import { matcherFitsWorkload } from "./matcher-fits-workload";
import { metricIsEmitted } from "./metric-is-emitted";
import { panelHasDescription } from "./panel-has-description";
import { panelShowsAlert } from "./panel-shows-alert";
import { rateMeetsRate } from "./rate-meets-rate";
import { ruleIsLoaded } from "./rule-is-loaded";
import { ruleIsUnique } from "./rule-is-unique";
import { ruleIsWhole } from "./rule-is-whole";
import { runbookIsGiven } from "./runbook-is-given";
import { sectionListsItsAlerts } from "./section-lists-its-alerts";
import { severityAgrees } from "./severity-agrees";
import { templateExpands } from "./template-expands";
import { thresholdWithinLimit } from "./threshold-within-limit";
import { uidIsUnique } from "./uid-is-unique";
import { unitsAgree } from "./units-agree";
import { variableIsDeclared } from "./variable-is-declared";
import { windowHoldsSamples } from "./window-holds-samples";

/** The checks of what was loaded from files: those of the declared model that need nothing a file cannot say, and more. */
export const fileChecks: readonly Check[] = [
  fileIsReadable,
  ruleIsWhole,
  ruleIsUnique,
  ruleIsLoaded,
  uidIsUnique,
  dashboardIsLoaded,
  anchorExists,
  metricIsDeclared,
  labelIsDeclared,
  labelValueIsDeclared,
  queryIsPromql,
  queryTypeFits,
  histogramIsRead,
  queryHasResult,
  labelArgumentFits,
  vectorMatchingIsValid,
  annotationLabelIsKept,
  alertLabelsAreDistinct,
  alertNameExists,
  columnExists,
  commandMetricExists,
  commandObjectExists,
  dashboardLinkExists,
  datasourceFits,
  libraryPanelIsFollowed,
  linkExists,
  matcherFitsWorkload,
  metricIsEmitted,
  panelHasDescription,
  panelShowsAlert,
  rateMeetsRate,
  runbookIsGiven,
  sectionListsItsAlerts,
  severityAgrees,
  templateExpands,
  thresholdWithinLimit,
  unitsAgree,
  variableIsDeclared,
  windowHoldsSamples,
];

/** Not every team has this rule: others choose it with `privacy: true`. */
export const privacyCheck: Check = privacyIsKept;
