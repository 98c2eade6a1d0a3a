import { alertLabels } from "./alert-labels";
import { alertHasPanel } from "./alert-has-panel";
import { alertIsTested } from "./alert-is-tested";
import { anchorExists } from "./anchor-exists";
import { annotationLabels } from "./annotation-labels";
import { blocksFresh } from "./blocks-fresh";
import { cardinality } from "./cardinality";
import { cascadeIsClear } from "./cascade-is-clear";
import { blockCanBePasted } from "./block-can-be-pasted";
import { cascadeLosesNoPage } from "./cascade-loses-no-page";
import type { Check } from "./check";
import { debugLabel } from "./debug-label";
import { dependencyIsWalked } from "./dependency-is-walked";
import { filledIn } from "./filled-in";
import { gateIsInRunbook } from "./gate-is-in-runbook";
import { inhibitionIsDeclared } from "./inhibition-is-declared";
import { journeyFitsBudget } from "./journey-fits-budget";
import { labelArgumentFits } from "./label-argument-fits";
import { labelIsDeclared } from "./label-is-declared";
import { labelValueIsDeclared } from "./label-value-is-declared";
import { markdownLinks } from "./markdown-links";
import { metricIsDeclared } from "./metric-is-declared";
import { names } from "./names";
import { panelExplainsAlert } from "./panel-explains-alert";
import { privacy } from "./privacy";
import { queryHasResult } from "./query-has-result";
import { proseSaysThresholds } from "./prose-says-thresholds";
import { queryIsPromql } from "./query-is-promql";
import { queryTypes } from "./query-types";
import { runbookHasService } from "./runbook-has-service";
import { scenarioStructure } from "./scenario-structure";
import { scrapeIsSupported } from "./scrape-is-supported";
import { sectionHasAlert } from "./section-has-alert";
import { sectionNamesItsAlerts } from "./section-names-its-alerts";
import { sectionUsesPanelMetric } from "./section-uses-panel-metric";
import { sectionsFresh } from "./sections-fresh";
import { sloIsMeasurable } from "./slo-is-measurable";
import { templateExpands } from "./template-expands";
import { thresholdReachable } from "./threshold-reachable";
import { vectorMatching } from "./vector-matching";

/** Every check, in the order of the chain: runbooks, queries, panels, alerts, names. */
export const checks: readonly Check[] = [
  runbookHasService,
  anchorExists,
  sectionsFresh,
  blocksFresh,
  blockCanBePasted,
  markdownLinks,
  scenarioStructure,
  queryIsPromql,
  metricIsDeclared,
  labelIsDeclared,
  labelValueIsDeclared,
  labelArgumentFits,
  queryTypes,
  queryHasResult,
  vectorMatching,
  debugLabel,
  privacy,
  cardinality,
  scrapeIsSupported,
  alertHasPanel,
  panelExplainsAlert,
  annotationLabels,
  alertLabels,
  templateExpands,
  thresholdReachable,
  alertIsTested,
  sectionUsesPanelMetric,
  sectionNamesItsAlerts,
  sectionHasAlert,
  proseSaysThresholds,
  dependencyIsWalked,
  gateIsInRunbook,
  cascadeIsClear,
  inhibitionIsDeclared,
  cascadeLosesNoPage,
  sloIsMeasurable,
  journeyFitsBudget,
  names,
  filledIn,
];
