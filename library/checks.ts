// What a program imports as "@dark-tower/observability/checks": what must hold before it deploys, and how to tell what does not.
export { checks } from "../checks";
export { problem, runChecks, type Check, type CheckResult, type Problem } from "../checks/check";
export { locateFindings } from "../load/source-lines";
export { type Accepts, type Finding, type FindingSeverity, type Subject } from "../model/finding";
export { countFindings, renderFindings } from "../render/findings";
export { renderSarif, type SarifRule } from "../render/sarif";
