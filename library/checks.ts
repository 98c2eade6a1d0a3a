// What a program imports as "@dark-tower/observability/checks": what must hold before it deploys, and how to tell what does not.
export { checks } from "../core/checks";
export {
  checkModel,
  problem,
  runChecks,
  type Check,
  type CheckedResult,
  type CheckResult,
  type Problem,
} from "../core/checks/check";
export { locateFindings } from "../core/load/source-lines";
export { type Accepts, type Finding, type FindingSeverity, type Subject } from "../core/model/finding";
export { countFindings, renderFindings } from "../core/render/findings";
export { renderSarif, type SarifRule } from "../core/render/sarif";
