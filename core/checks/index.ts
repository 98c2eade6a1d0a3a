import { alertLabelsAreDistinct } from "./alert-labels-are-distinct";
import { acceptsAreNeeded } from "./accepts-are-needed";
import { alertHasPanel } from "./alert-has-panel";
import { alertIsTested } from "./alert-is-tested";
import { anchorExists } from "./anchor-exists";
import { annotationLabelIsKept } from "./annotation-label-is-kept";
import { blockIsFresh } from "./block-is-fresh";
import { cardinalityIsBounded } from "./cardinality-is-bounded";
import { cascadeIsClear } from "./cascade-is-clear";
import { blockCanBePasted } from "./block-can-be-pasted";
import { cascadeLosesNoPage } from "./cascade-loses-no-page";
import type { Check } from "./check";
import { requiredGroupingIsKept } from "./required-grouping-is-kept";
import { dependencyIsWalked } from "./dependency-is-walked";
import { placeholderIsFilledIn } from "./placeholder-is-filled-in";
import { gateIsInRunbook } from "./gate-is-in-runbook";
import { histogramIsRead } from "./histogram-is-read";
import { inhibitionIsDeclared } from "./inhibition-is-declared";
import { journeyFitsBudget } from "./journey-fits-budget";
import { labelArgumentFits } from "./label-argument-fits";
import { labelIsDeclared } from "./label-is-declared";
import { labelValueIsDeclared } from "./label-value-is-declared";
import { linkExists } from "./link-exists";
import { metricIsDeclared } from "./metric-is-declared";
import { nameIsValid } from "./name-is-valid";
import { objectCanBeCreated } from "./object-can-be-created";
import { ownLabelKeepsItsName } from "./own-label-keeps-its-name";
import { panelExplainsAlert } from "./panel-explains-alert";
import { privacyIsKept } from "./privacy-is-kept";
import { queryHasResult } from "./query-has-result";
import { proseSaysThresholds } from "./prose-says-thresholds";
import { proseNamesExist } from "./prose-names-exist";
import { queryIsPromql } from "./query-is-promql";
import { queryTypeFits } from "./query-type-fits";
import { runbookHasService } from "./runbook-has-service";
import { runbookIsReadable } from "./runbook-is-readable";
import { scenarioIsWhole } from "./scenario-is-whole";
import { scrapeIsSupported } from "./scrape-is-supported";
import { sectionHasAlert } from "./section-has-alert";
import { sectionNamesItsAlerts } from "./section-names-its-alerts";
import { sectionUsesPanelMetric } from "./section-uses-panel-metric";
import { sectionsFileIsFresh } from "./sections-file-is-fresh";
import { sloIsMeasurable } from "./slo-is-measurable";
import { templateExpands } from "./template-expands";
import { journeyHasOwners } from "./journey-has-owners";
import { objectiveIsDeployed } from "./objective-is-deployed";
import { upstreamIsClear } from "./upstream-is-clear";
import { thresholdReachable } from "./threshold-reachable";
import { variableIsDeclared } from "./variable-is-declared";
import { vectorMatchingIsValid } from "./vector-matching-is-valid";
import { workloadIsPossible } from "./workload-is-possible";

/** In the order of the chain: runbooks, queries, panels, alerts, names. */
const chain: readonly Check[] = [
  runbookIsReadable,
  runbookHasService,
  anchorExists,
  sectionsFileIsFresh,
  blockIsFresh,
  blockCanBePasted,
  linkExists,
  scenarioIsWhole,
  queryIsPromql,
  metricIsDeclared,
  labelIsDeclared,
  labelValueIsDeclared,
  labelArgumentFits,
  queryTypeFits,
  histogramIsRead,
  queryHasResult,
  vectorMatchingIsValid,
  variableIsDeclared,
  requiredGroupingIsKept,
  privacyIsKept,
  cardinalityIsBounded,
  workloadIsPossible,
  scrapeIsSupported,
  ownLabelKeepsItsName,
  alertHasPanel,
  panelExplainsAlert,
  annotationLabelIsKept,
  alertLabelsAreDistinct,
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
  nameIsValid,
  placeholderIsFilledIn,
  objectCanBeCreated,
];

/** Every check; the last one looks at what the others find. */
export const checks: readonly Check[] = [...chain, acceptsAreNeeded(chain)];
