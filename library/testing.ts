// What a test imports as "@dark-tower/observability/testing": the examples of the alerts, as promtool runs them, and the simulation.
export { indexOf, type ModelIndex } from "../core/model/model";
export { type ResolvedEnvironment as Links } from "../core/render/environment";
export { renderRuleObjects, type RuleObject } from "../core/render/prometheus-rule";
export { type RuleGroup } from "../core/render/rule-groups";
export { renderRuleTests, type RuleTestFile, type RuleTestSuite } from "../core/render/rule-tests";
export { allPlays } from "../core/simulate/all-plays";
export { printPlayed, printSummary } from "../core/simulate/print";
export { type Play } from "../core/simulate/prepared-play";
export { playAll, type Played, type PlayOptions } from "../core/simulate/run";
export { views, type Situation, type View } from "../core/simulate/situation";
export { writeRuleTests, type PromtoolFiles } from "./rule-test-files";
