import type { At } from "./files/place";

/** Errors stop a deployment; warnings are listed. */
export type FindingSeverity = "error" | "warning";

/** Findings that somebody accepted beside the thing they are about: the check's id and why. */
export type Accepts = Readonly<Record<string, string>>;

/** What a finding is about: a file of the project and the named thing in it, or a line of it. */
export interface Subject {
  /** Path from the project's root. */
  readonly file: string;
  /** The alert, panel, metric … as its owner wrote it. */
  readonly name?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in characters. */
  readonly column?: number;
  /** Of what was loaded from a file: where in it. Line and column are made of it when they are told. */
  readonly at?: At;
  readonly accepts?: Accepts | undefined;
}

/** One thing that is wrong, where, and what to do. Plain data: how it is printed is another matter. */
export interface Finding {
  readonly check: string;
  readonly severity: FindingSeverity;
  readonly subject: Subject;
  /** Whole sentences: what is wrong, then what to do. */
  readonly message: string;
}

/** A finding that somebody accepted beside what it is about. */
export interface AcceptedFinding extends Finding {
  readonly reason: string;
  /** Accepted in a file of its own, and not beside what it is about. */
  readonly isElsewhere?: true;
}

/** What was asked for, or everything that is wrong with the asking. */
export type Result<T> = { readonly value: T } | { readonly findings: readonly Finding[] };
