import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { indexOf, type Model } from "../core/model/model";
import type { ResolvedEnvironment } from "../core/render/environment";
import { renderRuleObjects } from "../core/render/prometheus-rule";
import { renderRuleTests } from "../core/render/rule-tests";

/** The files of a model's rules, as promtool reads them. */
export interface PromtoolFiles {
  /** For `promtool check rules`: all rules of each service. */
  readonly rules: readonly string[];
  /** For `promtool test rules`: the examples of its alerts. They load rules from files beside them. */
  readonly tests: readonly string[];
}

/** Writes the rules of all services and the examples of their alerts into a folder, as promtool reads them. */
export function writeRuleTests(folder: string, model: Model, environment: ResolvedEnvironment): PromtoolFiles {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, document: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, stringify(document));
    return path;
  };
  const index = indexOf(model);
  const rules = model.services.map((service) =>
    write(`${service.id}.yaml`, { groups: renderRuleObjects(service, index, environment).flatMap(({ groups }) => groups) }),
  );
  const suites = model.services.flatMap((service) => renderRuleTests(service, index, environment));
  for (const suite of suites) write(`${suite.name}.rules.yaml`, suite.rules);
  return { rules, tests: suites.map((suite) => write(`${suite.name}.test.yaml`, suite.tests)) };
}
