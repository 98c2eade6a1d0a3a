import type { ModelIndex } from "../model/model";
import type { Service } from "../model/service";
import type { Links } from "./links";
import { renderRuleGroups, type RuleGroup } from "./rule-groups";
import { documentBytes, kibibyte } from "./size";

/** A PrometheusRule object without what the cluster adds: its name and its groups. */
export interface RuleObject {
  readonly name: string;
  readonly groups: readonly RuleGroup[];
}

/** The Prometheus operator refuses 512 KiB, with no more than a line in its log; so a new object begins before. */
export const ruleObjectLimit = 400 * kibibyte;

/** The PrometheusRule objects of a service: one, or more when it would grow too large; a group is never torn. */
export function renderRuleObjects(service: Service, index: ModelIndex, links: Links): readonly RuleObject[] {
  const parts: RuleGroup[][] = [[]];
  for (const group of renderRuleGroups(service, index, links)) {
    const current = parts.at(-1) ?? [];
    if (current.length > 0 && documentBytes([...current, group]) > ruleObjectLimit) parts.push([group]);
    else current.push(group);
  }
  const name = `dark-tower-${service.id}`;
  return parts
    .filter((groups) => groups.length > 0)
    .map((groups, number) => ({ name: number === 0 ? name : `${name}-${number + 1}`, groups }));
}
