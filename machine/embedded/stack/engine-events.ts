import type { EngineEvent, OutputMap } from "@pulumi/pulumi/automation";
import { resourceName } from "../provider/claims";
import { isProperties, plainValue } from "../provider/property-values";

/** What happens to a resource. */
export type ChangeKind = "created" | "updated" | "replaced" | "deleted" | "unchanged";

/** A resource of the stack and what happens to it. */
export interface ResourceChange {
  readonly kind: ChangeKind;
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

const kindOfOperation: Readonly<Record<string, ChangeKind>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  same: "unchanged",
};

/** Gathers from the engine's events what one operation did, and what went wrong. */
export class EngineRecord {
  private readonly byUrn = new Map<string, ResourceChange>();
  private readonly failures: string[] = [];

  readonly onEvent = (event: EngineEvent): void => {
    const metadata = event.resOutputsEvent?.metadata ?? event.resourcePreEvent?.metadata;
    if (metadata) this.noteChange(metadata);
    const diagnostic = event.diagnosticEvent;
    if (diagnostic?.severity === "error") this.noteFailure(diagnostic);
  };

  /** Changes of what is really deployed: not of components, providers or the stack itself. */
  get changes(): ResourceChange[] {
    return [...this.byUrn.values()];
  }

  /** Each problem once, in the order in which they came. */
  get problems(): string[] {
    return [...new Set(this.failures)];
  }

  private noteChange({ op, urn, type }: { op: string; urn: string; type: string }): void {
    const kind = kindOfOperation[op];
    if (kind === undefined || type.startsWith("pulumi:") || !/^(kubernetes|grafana):/.test(type)) return;
    // A replacement also reports the creation and the deletion that it consists of.
    if (this.byUrn.get(urn)?.kind === "replaced") return;
    this.byUrn.set(urn, { kind, type: type.split(":").at(-1) ?? type, name: resourceName(urn), urn });
  }

  private noteFailure({ urn, message }: { urn?: string; message: string }): void {
    const text = message.replace(/<\{%.*?%\}>/g, "").trim();
    if (text === "" || isSummary(text)) return;
    this.failures.push(describeFailure(text, urn));
  }
}

// The engine's own closing lines: the causes have been reported by then.
function isSummary(text: string): boolean {
  return /^(update|preview|refresh|destroy) failed$/.test(text) || text.startsWith("Resource monitor has terminated");
}

function describeFailure(text: string, urn: string | undefined): string {
  const refused = /^(\S+) resource '(.+?)'(?:: property (\S.*?) value .*)? has a problem: (.*)$/s.exec(text);
  if (refused) {
    const [, type = "", name = "", property, reason = ""] = refused;
    return `${shortType(type)} "${name}"${property === undefined ? "" : `, ${property}`}: ${reason}`;
  }
  const failed = /^(?:creating|updating|deleting|reading|diffing|checking) urn:\S+: (?:1 error occurred:\s*\* )?(.*)$/s.exec(
    text,
  );
  if (!urn) return text;
  return `${shortType(urn.split("::")[2]?.split("$").at(-1) ?? "")} "${resourceName(urn)}": ${failed?.[1] ?? text}`;
}

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** The stack's outputs as plain values. Secret ones are left out: nothing that is printed or written may hold them. */
export function plainOutputs(outputs: OutputMap): Record<string, unknown> {
  const open = Object.entries(outputs).filter(([, output]) => !output.secret);
  const plain = plainValue(Object.fromEntries(open.map(([key, { value }]) => [key, value])));
  return isProperties(plain) ? { ...plain } : {};
}
