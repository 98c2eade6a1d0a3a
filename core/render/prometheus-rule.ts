import type { ModelIndex } from "../model/model";
import type { Service } from "../model/service";
import type { ResolvedEnvironment } from "./environment";
import { renderRuleGroups, type RuleGroup } from "./rule-groups";
import { documentBytes, kibibyte } from "./size";

/** A rule object: the end of its name, and its groups. */
export interface RuleObject {
  readonly name: string;
  readonly groups: readonly RuleGroup[];
}

/** The Prometheus operator refuses 512 KiB, with no more than a line in its log; so a new object begins before. */
export const ruleObjectLimit = 400 * kibibyte;

/** A rule group, of whoever: what Prometheus reads. */
export interface RuleDocument {
  readonly name: string;
  readonly rules: readonly object[];
}

/** Whether a value is a rule group, as far as its name and its rules. */
export function isRuleDocument(group: unknown): group is RuleDocument {
  return (
    typeof group === "object" &&
    group !== null &&
    typeof Reflect.get(group, "name") === "string" &&
    Array.isArray(Reflect.get(group, "rules"))
  );
}

/** The rule objects of a service, named after it: one, or more when it would grow too large; a group is never torn. */
export function renderRuleObjects(service: Service, index: ModelIndex, environment: ResolvedEnvironment): readonly RuleObject[] {
  return divideGroups(renderRuleGroups(service, index, environment), documentBytes).map((groups, number) => ({
    name: number === 0 ? service.id : `${service.id}-${number + 1}`,
    groups,
  }));
}

/** The groups, in order, in as few objects as their sizes allow. */
export function divideGroups<G>(groups: readonly G[], bytesOf: (group: G, index: number) => number): readonly (readonly G[])[] {
  const parts: { bytes: number; readonly groups: G[] }[] = [];
  groups.forEach((group, index) => {
    const bytes = bytesOf(group, index) + 1; // with the comma behind it
    const current = parts.at(-1);
    if (current === undefined || current.bytes + bytes > ruleObjectLimit) parts.push({ bytes, groups: [group] });
    else {
      current.groups.push(group);
      current.bytes += bytes;
    }
  });
  return parts.map((part) => part.groups);
}
