import { basename, join } from "node:path";
import { type CheckFailure, type DiffResult, type Provider } from "@pulumi/pulumi/provider";
import { Claims, resourceName, resourceType } from "../provider/claims";
import { type EmbeddedProvider, type Found, plainProperties, type Recorded, serveToEngine } from "../provider/embedded-provider";
import { dashboardKind } from "./dashboard";
import { folderKind } from "./folder";
import { type Claim, type GrafanaKind } from "./kind";
import { OwnedFiles } from "../provider/owned-files";
import { type Properties } from "../provider/property-values";

/** Stands in for the Grafana provider: refuses what Grafana would refuse, and keeps a folder in its file-provisioning layout. */
export function createProvider(target: string): Provider {
  return serveToEngine(new GrafanaProvider(new OwnedFiles(target, "grafana")));
}

const kinds: ReadonlyMap<string, GrafanaKind> = new Map([
  ["grafana:oss/folder:Folder", folderKind],
  ["grafana:oss/dashboard:Dashboard", dashboardKind],
]);

class GrafanaProvider implements EmbeddedProvider {
  private readonly claims = new Claims();

  constructor(private readonly files: OwnedFiles) {}

  check(urn: string, inputs: Properties, isNew: boolean): CheckFailure[] {
    const kind = kinds.get(resourceType(urn));
    if (!kind) {
      const known = [...kinds.keys()].join(", ");
      return [{ property: "", reason: `The embedded target takes no ${resourceType(urn)}. It takes ${known}.` }];
    }
    const failures = kind.check(inputs);
    if (failures.length > 0) return failures;
    const taken = this.conflictsInProgram(urn, [uidClaim(kind, inputs), ...kind.claims(inputs)]);
    const onDisk = isNew && taken.length === 0 ? this.conflictOnDisk(urn, inputs) : undefined;
    return onDisk === undefined ? taken : [{ property: uidClaim(kind, inputs).property, reason: onDisk }];
  }

  diff(urn: string, before: Properties, after: Properties): DiffResult {
    return kindOf(urn).diff(before, after);
  }

  create(urn: string, inputs: Properties): Recorded {
    const conflict = this.conflictOnDisk(urn, plainProperties(inputs));
    if (conflict !== undefined) throw new Error(conflict);
    return { id: resourceId(kindOf(urn), plainProperties(inputs)), outs: this.update(urn, inputs) };
  }

  update(urn: string, inputs: Properties): Properties {
    const kind = kindOf(urn);
    const plain = plainProperties(inputs);
    this.requireFolder(kind, plain);
    const owner = { urn, id: resourceId(kind, plain), path: kind.path(plain) };
    this.files.put({ identity: identityOf(kind, kind.uid(plain)), owner, content: kind.render(plain) });
    return { ...inputs, ...kind.outputs(plain) };
  }

  remove(urn: string, id: string): void {
    this.files.drop(identityOf(kindOf(urn), uidOf(id)));
  }

  read(urn: string, { id, outs }: Recorded): Found | undefined {
    const kind = kindOf(urn);
    const content = this.files.content(identityOf(kind, uidOf(id)));
    const before = plainProperties(outs);
    const found = content === undefined ? undefined : kind.read(content, before);
    if (found === undefined) return undefined;
    // Unchanged, the state's own values are returned: they may be wrapped as secrets.
    const props = found === before ? outs : found;
    return { props, inputs: kind.withoutOutputs(props) };
  }

  private conflictsInProgram(urn: string, claims: readonly Claim[]): CheckFailure[] {
    return claims.flatMap(({ property, identity, words }) => {
      const holder = this.claims.take(identity, urn);
      return holder === undefined ? [] : [{ property, reason: describeConflict(words, holder) }];
    });
  }

  private conflictOnDisk(urn: string, inputs: Properties): string | undefined {
    const { identity, words } = uidClaim(kindOf(urn), inputs);
    const owner = this.files.owner(identity);
    if (owner === undefined || owner.urn === urn) return undefined;
    return `${describeConflict(words, owner.urn)} If the resource was renamed in the program, give it an alias.`;
  }

  private requireFolder(kind: GrafanaKind, inputs: Properties): void {
    const uid = kind.needsFolder(inputs);
    if (uid === undefined || this.files.content(identityOf(folderKind, uid)) !== undefined) return;
    const folders = this.files.all().filter(({ identity }) => identity.startsWith(join(folderKind.noun, "/")));
    const known = folders.map(({ identity }) => `"${basename(identity)}"`).join(", ");
    throw new Error(`There is no folder with the uid "${uid}". There is: ${known || "none"}.`);
  }
}

function kindOf(urn: string): GrafanaKind {
  const kind = kinds.get(resourceType(urn));
  if (!kind) throw new Error(`The embedded target takes no ${resourceType(urn)}.`);
  return kind;
}

function uidClaim(kind: GrafanaKind, inputs: Properties): Claim {
  const uid = kind.uid(inputs);
  return { property: kind.uidProperty, identity: identityOf(kind, uid), words: `A ${kind.noun} with the uid "${uid}"` };
}

function identityOf({ noun }: GrafanaKind, uid: string): string {
  return join(noun, uid);
}

// As the real provider forms it: the organisation, then the uid.
function resourceId(kind: GrafanaKind, inputs: Properties): string {
  const organisation = inputs["orgId"];
  return `${typeof organisation === "string" ? organisation : "1"}:${kind.uid(inputs)}`;
}

function uidOf(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

function describeConflict(words: string, urn: string): string {
  return `${words} exists already: it belongs to the resource "${resourceName(urn)}".`;
}
