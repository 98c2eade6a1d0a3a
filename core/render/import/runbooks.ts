import { posix } from "node:path";
import type { LoadedFiles, LoadedRule } from "../../model/files/loaded";
import { runbookAnnotation, runbookLink } from "../../model/files/runbook-link";
import { headingAnchors } from "../../model/renderer";
import { runbookFile, type Heading, type RunbookDocument } from "../../model/runbook";
import { headingOf } from "../../model/section-content";
import { toFill } from "../../model/to-fill";
import { sectionsKey } from "../sections-file";
import type { Decision } from "./metrics";
import { kebabCase, Names } from "./names";
import { member } from "./source";

/** The runbooks of a service where they stand from now on. */
export class ImportedRunbooks {
  /** Path below runbooks/ of each document, by the path that links name. */
  private readonly paths = new Map<RunbookDocument, string>();
  private readonly toWrite: { readonly name: string; readonly led: string }[] = [];
  readonly decisions: Decision[] = [];

  constructor(
    private readonly id: string,
    private readonly documents: readonly RunbookDocument[],
    private readonly files: LoadedFiles,
  ) {
    const names = new Names();
    for (const document of documents) {
      const name = kebabCase(posix.basename(document.path).replace(/\.(md|markdown)$/i, ""), "runbook");
      this.paths.set(document, `${id}/${names.give(name, "-")}.md`);
    }
  }

  /** The section to which an alert leads, as code. One that leads nowhere in the files gets a section to write. */
  sectionOf(rule: LoadedRule): string {
    const say = (message: string): void => void this.decisions.push({ subject: rule.subject, message });
    const link = runbookLink(rule, this.files);
    const document = link && this.documents.find((one) => one.path === link.path || runbookFile(one) === link.path);
    const path = document && this.paths.get(document);
    if (!document || path === undefined || document.headings.length === 0) return this.sectionToWrite(rule, say);
    const heading = headingOf(document, link.slug);
    if (heading) return this.code(path, heading.slug);
    const near = headingAt(document, link.slug) ?? document.headings[0];
    const missing = link.slug === "" ? "names no section" : `leads to "${link.slug}", which is no heading`;
    say(`${missing} of ${runbookFile(document)}: it leads to "${near?.slug ?? ""}" now.`);
    return this.code(path, near?.slug ?? "");
  }

  /** Markdown by its path. */
  filesOf(): Readonly<Record<string, string>> {
    const copied = [...this.paths].map(([document, path]) => [`runbooks/${path}`, this.relinked(document, path)] as const);
    const stubs = this.toWrite.map(
      ({ name, led }) => `## ${name}\n\n${toFill(`what to do when it fires${led === "" ? "" : `; its rule led to ${led}`}`)}\n`,
    );
    const title = `# ${this.id.toUpperCase()} runbooks to write\n`;
    return {
      ...Object.fromEntries(copied),
      ...(stubs.length > 0 && { [`runbooks/${this.pathToWrite()}`]: [title, ...stubs].join("\n") }),
    };
  }

  private code(path: string, slug: string): string {
    return `runbooks${member(this.id)}${member(sectionsKey(path))}${member(slug)}`;
  }

  private sectionToWrite(rule: LoadedRule, say: (message: string) => void): string {
    const annotation = runbookAnnotation(rule);
    const led = annotation === undefined ? "" : (rule.annotations[annotation] ?? "").replace(/\s+/g, " ").trim();
    say(
      led === ""
        ? `has no runbook: write its section in runbooks/${this.pathToWrite()}.`
        : `leads to ${led}, which is none of the runbooks: write its section in runbooks/${this.pathToWrite()}.`,
    );
    const name = /^\w+$/.test(rule.name) ? rule.name : kebabCase(rule.name, "alert");
    if (!this.toWrite.some((other) => other.name === name)) this.toWrite.push({ name, led: plainLink(led) });
    const title = `${this.id.toUpperCase()} runbooks to write`;
    const anchors = headingAnchors([title, ...this.toWrite.map((each) => each.name)]);
    return this.code(this.pathToWrite(), anchors[1 + this.toWrite.findIndex((each) => each.name === name)] ?? "");
  }

  private pathToWrite(): string {
    const taken = new Set(this.paths.values());
    return taken.has(`${this.id}/to-write.md`) ? `${this.id}/sections-to-write.md` : `${this.id}/to-write.md`;
  }

  /** Links between the runbooks, and to what lies beside them, go on leading there where it was copied too. */
  private relinked(document: RunbookDocument, path: string): string {
    const from = runbookFile(document);
    const moved = new Map([...this.paths].map(([other, target]) => [runbookFile(other), target]));
    return document.links.reduce((text, { text: link, line }) => {
      if (/^([a-z][a-z0-9+.-]*:|#|\?|$)/i.test(link)) return text;
      const [file = "", fragment] = link.split("#", 2);
      const target = file.startsWith("/") ? file.slice(1) : posix.join(posix.dirname(from), file);
      const anchor = fragment === undefined ? "" : `#${fragment}`;
      const there = moved.get(target);
      const base = this.files.runbookUrls[0];
      const now =
        there !== undefined ? posix.relative(posix.dirname(path), there) : base === undefined ? undefined : base + target;
      if (now !== undefined) return now === file ? text : text.replaceAll(`](${link}`, `](${now}${anchor}`);
      this.decisions.push({ subject: { file: from, line }, message: `links to "${link}", which was not copied.` });
      return text;
    }, document.text);
  }
}

/** Of an anchor in HTML: the heading that follows it, or the one under which it stands. */
function headingAt({ text, headings }: RunbookDocument, slug: string): Heading | undefined {
  if (slug === "") return undefined;
  const lines = text.split("\n");
  const index = lines.findIndex((line) => new RegExp(`(?:id|name)\\s*=\\s*["']?`).test(line) && line.includes(slug));
  if (index < 0) return undefined;
  const next = headings.find(({ line }) => line > index);
  const isNext = next && lines.slice(index + 1, next.line - 1).every((line) => line.trim() === "");
  return isNext ? next : headings.findLast(({ line }) => line <= index);
}

/** An address within a sentence of Markdown. */
function plainLink(address: string): string {
  return /^https?:\/\/[\w./#?=&%~:+-]+$/.test(address) ? `<${address}>` : address.replace(/[^\w./#-]+/g, " ").trim();
}
