import type { CheckFailure, DiffResult } from "@pulumi/pulumi/provider";
import type { Properties } from "../provider/property-values";

/** Something that may exist only once, and the words that say so. */
export interface Claim {
  readonly property: string;
  readonly identity: string;
  readonly words: string;
}

/** What the embedded target knows of a Grafana resource. Everything is pure: from inputs to text and back. */
export interface GrafanaKind {
  readonly noun: "folder" | "dashboard";
  /** The property that holds the uid. */
  readonly uidProperty: string;
  readonly uid: (inputs: Properties) => string;
  readonly check: (inputs: Properties) => CheckFailure[];
  readonly claims: (inputs: Properties) => Claim[];
  readonly needsFolder: (inputs: Properties) => string | undefined;
  readonly path: (inputs: Properties) => string;
  readonly render: (inputs: Properties) => string;
  readonly outputs: (inputs: Properties) => Properties;
  /** A resource's properties without those that it has only as outputs. */
  readonly withoutOutputs: (properties: Properties) => Properties;
  /** The inputs that the file now stands for; undefined when the file is another object. */
  readonly read: (content: string, inputs: Properties) => Properties | undefined;
  readonly diff: (before: Properties, after: Properties) => DiffResult;
}
