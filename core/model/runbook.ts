import type { Accepts } from "./finding";

/** A heading of a runbook, as the generated sections file names it and an alert links to it. */
export interface RunbookSection {
  /** Path below `runbooks/`, such as `mc/incident-response.md`. */
  readonly path: string;
  /** GitHub's anchor for the heading. */
  readonly slug: string;
  readonly title: string;
}

/** A heading of a Markdown file. */
export interface Heading {
  readonly level: number;
  readonly title: string;
  /** What other renderers than GitHub make an anchor of, where it is not the title: with words of images, without footnotes. */
  readonly shown?: string;
  readonly slug: string;
  /** 1-based. */
  readonly line: number;
  /** The last line of the section below the heading, its subsections included. */
  readonly lastLine: number;
  /** Written as `<h2>` instead of `##`. */
  readonly isHtml?: true;
  /** From `<!-- accept check-id: reason -->` directly below the heading. */
  readonly accepts: Accepts;
}

/** A fenced code block. */
export interface Fence {
  /** The whole text after the opening fence, such as `promql panel=mc-overview/mailbox-depth`. */
  readonly info: string;
  readonly language: string;
  /** The `key=value` words of the info string. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly code: string;
  /** The line of the opening fence, 1-based, and of the closing one. */
  readonly line: number;
  readonly lastLine: number;
}

/** A piece of text that stands on one line. */
export interface Located {
  readonly text: string;
  readonly line: number;
}

/** A Markdown file of the runbooks, read into the parts that the chain touches. */
export interface RunbookDocument {
  /** Path from the project's root, of a file that does not stand below `runbooks/`; then `path` is the same. */
  readonly file?: string;
  /** Of a document within a ConfigMap: the line of that file on which its first line stands. */
  readonly firstLine?: number;
  /** Path below `runbooks/`. */
  readonly path: string;
  readonly text: string;
  readonly headings: readonly Heading[];
  /** What else a fragment can lead to: `<a id="x">`, `<a name="x">`. */
  readonly anchors: readonly string[];
  readonly fences: readonly Fence[];
  /** Where links and images lead, those in raw HTML too. */
  readonly links: readonly Located[];
  /** Links and footnotes whose definition is missing, as they are written: `[the guide][guide]`, `[^1]`. */
  readonly undefinedReferences: readonly Located[];
  /** Footnotes that are defined, and to which nothing refers: `[^1]`. */
  readonly unusedFootnotes: readonly Located[];
  /** Inline code, `<code>` and `<pre>`, and the lines of indented code. */
  readonly codeSpans: readonly Located[];
  /** The titles of numbered steps: list items that begin with bold text. */
  readonly steps: readonly Located[];
}

/** Where the document stands, from the project's root. */
export function runbookFile({ file, path }: Pick<RunbookDocument, "file" | "path">): string {
  return file ?? `runbooks/${path}`;
}

/** A file that lies beside the runbooks, such as an image that one of them shows. */
export interface RunbookFile {
  /** Path below `runbooks/`. */
  readonly path: string;
  readonly base64: string;
}

/** The folder, and so the service, that a runbook belongs to. */
export function runbookService(path: string): string {
  return path.split("/")[0] ?? path;
}

/** The numbered scenarios of an incident-response runbook. */
export function isScenario(heading: Heading): boolean {
  return heading.level === 2 && /^Scenario \d+: /.test(heading.title);
}

/** The attributes by which a fenced block names its source: such a block is written by `npm run generate`. */
export const blockAttributes = ["panel", "gate", "drain", "run"] as const;

export type BlockAttribute = (typeof blockAttributes)[number];

/**
 * The source that a block names, as its attribute and its name; undefined where it names none. One of several queries
 * of a panel is named with it: `panel=mc-rollout/coming-back query=live`.
 */
export function sourceOf({
  attributes,
}: Pick<Fence, "attributes">): { readonly attribute: BlockAttribute; readonly name: string } | undefined {
  const attribute = blockAttributes.find((known) => known in attributes);
  if (attribute === undefined) return undefined;
  const { query } = attributes;
  const name = attributes[attribute] ?? "";
  return { attribute, name: attribute === "panel" && query !== undefined ? `${name} query=${query}` : name };
}

/** Whether the block names a source. */
export function isMarked(fence: Fence): boolean {
  return sourceOf(fence) !== undefined;
}
