import { join } from "node:path";
import { type CheckFailure, type DiffResult, type Provider } from "@pulumi/pulumi/provider";
import { Claims, resourceType } from "../provider/claims";
import { type EmbeddedProvider, type Found, plainProperties, type Recorded, serveToEngine } from "../provider/embedded-provider";
import { type Kind, kinds } from "./kinds";
import { checkMetadata } from "./names";
import { dataFields, describeConflict, identityOf, identityOnly, objectId, withSecretsHidden } from "./object";
import { parseManifest, renderYaml } from "../provider/manifest";
import { OwnedFiles } from "../provider/owned-files";
import { isSameValue, type Properties } from "../provider/property-values";

/** Stands in for the Kubernetes provider: refuses what a cluster would refuse, and keeps a folder of manifests instead of a cluster. */
export function createProvider(target: string): Provider {
  return serveToEngine(new KubernetesProvider(new OwnedFiles(target, "kubernetes")));
}

class KubernetesProvider implements EmbeddedProvider {
  private readonly claims = new Claims();

  constructor(private readonly files: OwnedFiles) {}

  check(urn: string, object: Properties, isNew: boolean): CheckFailure[] {
    const kind = kinds.get(resourceType(urn));
    if (!kind || kind.inCluster === "is only looked for") {
      const taken = [...kinds].filter(([, { inCluster }]) => inCluster !== "is only looked for");
      const known = taken.map(([type]) => type).join(", ");
      return [{ property: "kind", reason: `The embedded target takes no ${resourceType(urn)}. It takes ${known}.` }];
    }
    const failures = [...checkType(kind, object), ...checkMetadata(object["metadata"], kind.isNamespaced), ...kind.check(object)];
    const conflict = this.conflictInProgram(urn, object) ?? (isNew ? this.conflictOnDisk(urn, object) : undefined);
    return conflict === undefined ? failures : [...failures, { property: "metadata.name", reason: conflict }];
  }

  diff(urn: string, before: Properties, after: Properties): DiffResult {
    const kind = kindOf(urn);
    const replaces = ["apiVersion", "kind"].filter((key) => !isSameValue(before[key], after[key]));
    if (objectId(before) !== objectId(after)) replaces.push("metadata");
    // Whether the program's provider has `enableConfigMapMutable` is not told to a provider served by the SDK: taken as set, as this program sets it.
    if (before["immutable"] === true) replaces.push(...dataFields.filter((key) => !isSameValue(before[key], after[key])));
    const staysInPlace = identityOf(kind, objectId(before)) === identityOf(kind, objectId(after));
    return { changes: !isSameValue(before, after), replaces, deleteBeforeReplace: replaces.length > 0 && staysInPlace };
  }

  // The outputs are the inputs: what a cluster would add (uid, resourceVersion) differs each time, and equal deployments must have equal states.
  create(urn: string, inputs: Properties): Recorded {
    const object = plainProperties(inputs);
    const conflict = this.conflictOnDisk(urn, object);
    if (conflict !== undefined) throw new Error(conflict);
    return { id: objectId(object), outs: this.update(urn, inputs) };
  }

  update(urn: string, inputs: Properties): Properties {
    const object = plainProperties(inputs);
    const kind = kindOf(urn);
    const id = objectId(object);
    const owner = { urn, id, path: join("manifests", `${identityOf(kind, id)}.yaml`) };
    this.files.put({ identity: identityOf(kind, id), owner, content: renderYaml(object), isSecret: kind.kind === "Secret" });
    return inputs;
  }

  remove(urn: string, id: string): void {
    this.files.drop(identityOf(kindOf(urn), id));
  }

  read(urn: string, { id, outs }: Recorded): Found | undefined {
    const kind = kindOf(urn);
    const content = this.files.content(identityOf(kind, id));
    if (content === undefined) return foundInCluster(kind, id, outs);
    const onDisk = parseManifest(content) ?? identityOnly(plainProperties(outs));
    // A manifest under another name is another object: the one that was asked for is gone.
    if (onDisk["kind"] !== kind.kind || onDisk["apiVersion"] !== kind.apiVersion || objectId(onDisk) !== id) return undefined;
    const found = isSameValue(onDisk, outs) ? outs : withSecretsHidden(kind, onDisk);
    return { props: found, inputs: found };
  }

  private conflictInProgram(urn: string, object: Properties): string | undefined {
    const holder = this.claims.take(identityOf(kindOf(urn), objectId(object)), urn);
    return holder === undefined ? undefined : describeConflict(object, holder);
  }

  private conflictOnDisk(urn: string, object: Properties): string | undefined {
    const owner = this.files.owner(identityOf(kindOf(urn), objectId(object)));
    if (owner === undefined || owner.urn === urn) return undefined;
    return `${describeConflict(object, owner.urn)} If the resource was renamed in the program, give it an alias.`;
  }
}

/** What is only looked for comes without outputs, and from then on with the status that it was given here. */
function foundInCluster({ apiVersion, kind, inCluster }: Kind, id: string, outs: Properties): Found | undefined {
  const isLookedFor = Object.keys(outs).length === 0 || outs["status"] !== undefined;
  if (inCluster === undefined || !isLookedFor) return undefined;
  const found = { apiVersion, kind, metadata: { name: id }, status: { phase: "Active" } };
  return { props: found, inputs: found };
}

function kindOf(urn: string): Kind {
  const kind = kinds.get(resourceType(urn));
  if (!kind) throw new Error(`The embedded target takes no ${resourceType(urn)}.`);
  return kind;
}

function checkType({ apiVersion, kind }: Kind, object: Properties): CheckFailure[] {
  return Object.entries({ apiVersion, kind }).flatMap(([property, value]) => {
    if (object[property] === value) return [];
    return [{ property, reason: `${JSON.stringify(object[property])} does not fit the resource's type; it must be "${value}".` }];
  });
}
