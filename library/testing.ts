// What a test imports as "@dark-tower/observability/testing": the examples of the alerts, as promtool runs them.
export { indexOf, type ModelIndex } from "../model/model";
export { type Links } from "../render/links";
export { renderRuleObjects, type RuleObject } from "../render/prometheus-rule";
export { type RuleGroup } from "../render/rule-groups";
export { renderRuleTests, type RuleTestFile, type RuleTestSuite } from "../render/rule-tests";
export { writeRuleTests, type PromtoolFiles } from "./rule-test-files";
