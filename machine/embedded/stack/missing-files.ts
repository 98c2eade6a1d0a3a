import { resourceName, resourceType } from "../provider/claims";
import { deployedResources, type EngineState } from "./engine-state";
import { OwnedFiles } from "../provider/owned-files";

/** What the state says is deployed, and what has no file any longer, or only a part of one: `PrometheusRule mc-rules`. */
export function findMissing(target: string, state: EngineState): readonly string[] {
  const present = new Set(
    ["kubernetes", "grafana"].flatMap((provider) => {
      const files = new OwnedFiles(target, provider);
      const whole = files.all().filter(({ identity }) => files.isWhole(identity));
      return whole.map(({ owner }) => `${resourceType(owner.urn)} ${owner.id}`);
    }),
  );
  return deployedResources(state)
    .filter(({ type, id }) => !present.has(`${type} ${id ?? ""}`))
    .map(describeResource);
}

const mostNames = 5;

/** Names in a row; of many, the first ones and how many more. */
export function describeNames(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

/** A resource as people know it, by kind and name. */
export function describeResource({ type, urn }: EngineState["resources"][number]): string {
  return `${type.split(":").at(-1) ?? type} ${resourceName(urn)}`;
}
