import { alertLabels } from "./alert-labels";
import { acceptsAreNeeded } from "./accepts-are-needed";
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
import { objectCanBeCreated } from "./object-can-be-created";
import { panelExplainsAlert } from "./panel-explains-alert";
import { privacy } from "./privacy";
import { queryHasResult } from "./query-has-result";
import { proseSaysThresholds } from "./prose-says-thresholds";
import { proseNamesExist } from "./prose-names-exist";
import { queryIsPromql } from "./query-is-promql";
import { queryTypes } from "./query-types";
import { runbookHasService } from "./runbook-has-service";
import { runbookIsReadable } from "./runbook-is-readable";
import { scenarioStructure } from "./scenario-structure";
import { scrapeIsSupported } from "./scrape-is-supported";
import { sectionHasAlert } from "./section-has-alert";
import { sectionNamesItsAlerts } from "./section-names-its-alerts";
import { sectionUsesPanelMetric } from "./section-uses-panel-metric";
import { sectionsFresh } from "./sections-fresh";
import { sloIsMeasurable } from "./slo-is-measurable";
import { templateExpands } from "./template-expands";
import { journeyHasOwners } from "./journey-has-owners";
import { objectiveIsDeployed } from "./objective-is-deployed";
import { upstreamIsClear } from "./upstream-is-clear";
import { thresholdReachable } from "./threshold-reachable";
import { variableIsDeclared } from "./variable-is-declared";
import { vectorMatching } from "./vector-matching";

/** In the order of the chain: runbooks, queries, panels, alerts, names. */
const chain: readonly Check[] = [
  runbookIsReadable,
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
  variableIsDeclared,
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
  proseNamesExist,
  upstreamIsClear,
  dependencyIsWalked,
  gateIsInRunbook,
  cascadeIsClear,
  inhibitionIsDeclared,
  cascadeLosesNoPage,
  sloIsMeasurable,
  objectiveIsDeployed,
  journeyHasOwners,
  journeyFitsBudget,
  names,
  filledIn,
  objectCanBeCreated,
];

/** Every check; the last one looks at what the others find. */
export const checks: readonly Check[] = [...chain, acceptsAreNeeded(chain)];
