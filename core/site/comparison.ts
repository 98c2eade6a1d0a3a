import type { Change } from "../model/change";
import type { DeployedBound } from "../model/deployed";
import type { Address } from "./address";

/** One thing that a change touches, as it was and as it is, in parts that stand side by side. */
export interface Comparison extends Pick<Change, "kind" | "action" | "name"> {
  /** Its page on the site of before, and on that of after; none where it is not there, or has no page. */
  readonly before?: Address;
  readonly after?: Address;
  /** Whom it touches, in sentences. */
  readonly notes: readonly string[];
  readonly parts: readonly ComparedPart[];
}

/** A part of a thing on both sides; undefined where it is not there. */
export type ComparedPart =
  | {
      readonly what: string;
      /** Words of a sentence; PromQL; or lines, such as those of a section. */
      readonly form: "words" | "promql" | "lines";
      readonly before?: string;
      readonly after?: string;
    }
  | {
      readonly what: string;
      readonly form: "bounds";
      readonly unit: string;
      readonly before?: readonly DeployedBound[];
      readonly after?: readonly DeployedBound[];
    };

/** What differs between two commits, as a page of the site shows it. */
export interface ComparedCommits {
  /** The commits, as a person names them. */
  readonly base: string;
  readonly head: string;
  readonly stacks: readonly { readonly stack: string; readonly comparisons: readonly Comparison[] }[];
  /** The files of the site as it was, which stands below `before/`. None where it could not be made. */
  readonly before: ReadonlySet<string>;
}

/** The id of a thing's element on the page of changes. */
export function comparisonElement({ kind, name }: Pick<Comparison, "kind" | "name">): string {
  return `${kind}:${name}`.replace(/\s+/g, "_");
}

/** The address of a page of the site as it was. */
export function addressBefore({ file, ...fragment }: Address): Address {
  return { file: `before/${file}`, ...fragment };
}
