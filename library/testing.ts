// What a test imports as "@dark-tower/observability/testing": the examples of the alerts, as promtool runs them, and the simulation.
export { indexOf, type ModelIndex } from "../model/model";
export { type Links } from "../render/links";
export { renderRuleObjects, type RuleObject } from "../render/prometheus-rule";
export { type RuleGroup } from "../render/rule-groups";
export { renderRuleTests, type RuleTestFile, type RuleTestSuite } from "../render/rule-tests";
export { allPlays } from "../simulate/all-plays";
export { printPlayed, printSummary } from "../simulate/print";
export { type Play } from "../simulate/prepared-play";
export { playAll, type Played, type PlayOptions } from "../simulate/run";
export { views, type Situation, type View } from "../simulate/situation";
export { writeRuleTests, type PromtoolFiles } from "./rule-test-files";
