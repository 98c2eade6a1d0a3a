import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Node } from "yaml";
import type { Finding, Subject } from "../../model/finding";
import type { At } from "../../model/files/place";
import { groupBy } from "../../model/group-by";
import { alignment, type Alignment } from "./alignment";
import { parseYaml } from "./lenient-yaml";

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The findings with line and column of what they are about. Only files with findings are read again for it. Where a
 * finding names something of an expression, the place is that of the name within the expression.
 */
export function locateInFiles<T extends Finding>(
  findings: readonly T[],
  readFile: (file: string) => string | undefined,
): readonly T[] {
  const places = new Map<T, T>();
  for (const [file, found] of groupBy(findings, ({ subject }) => subject.file)) {
    const text = found.some(({ subject }) => subject.at !== undefined) ? readFile(file) : undefined;
    if (text === undefined) continue;
    const locator = new Locator(file, file.endsWith(".json") ? text : parseYaml(text).text);
    for (const finding of found) places.set(finding, locator.locate(finding));
  }
  return findings.map((finding) => withoutAt(places.get(finding) ?? finding));
}

function withoutAt<T extends Finding>(finding: T): T {
  const { at: _, ...subject } = finding.subject;
  return { ...finding, subject };
}

class Locator {
  private readonly lineStarts: readonly number[];
  private readonly trees = new Map<string, ValueTree>();

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  locate<T extends Finding>(finding: T): T {
    const { at } = finding.subject;
    if (!at) return finding;
    const offset = this.offsetOf(at, finding);
    return offset === undefined ? finding : { ...finding, subject: { ...finding.subject, ...this.placeOf(offset) } };
  }

  private offsetOf(at: At, finding: Finding): number | undefined {
    const format = this.file.endsWith(".json") ? "json" : "yaml";
    const outer = this.tree(format, this.text, this.file);
    const found = outer.find(at);
    if (!found || !at.within) return found && found.from + offsetWithin(found.value, found.alignment, finding);
    const inner = this.tree(at.within.format, found.value ?? "", JSON.stringify([at.document, at.path])).find(at.within);
    if (!inner) return found.from;
    return found.alignment.offset(inner.from + offsetWithin(inner.value, inner.alignment, finding));
  }

  private tree(format: "yaml" | "json", text: string, key: string): ValueTree {
    const known = this.trees.get(key) ?? (format === "json" ? new JsonTree(text) : new YamlTree(text));
    this.trees.set(key, known);
    return known;
  }

  private placeOf(offset: number): Pick<Subject, "line" | "column"> & { line: number; column: number } {
    let low = 0;
    for (let high = this.lineStarts.length - 1; low < high;) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
  }
}

/** Where in an expression the thing is that the finding names first; its beginning otherwise. */
function offsetWithin(value: string | undefined, aligned: Alignment, { message, subject }: Finding): number {
  if (value === undefined) return 0;
  const near = /\bat "([^"]+)"/.exec(message)?.[1];
  if (near !== undefined && value.includes(near)) return aligned.offset(value.indexOf(near)) - aligned.from;
  for (const word of namesIn(message)) {
    if (word === subject.name && !value.includes(word)) continue;
    const found = wholeWord(value, word);
    if (found >= 0) return aligned.offset(found) - aligned.from;
  }
  return aligned.offset(0) - aligned.from;
}

/** What a message quotes, and then the words that look like names of series or labels. */
function namesIn(message: string): readonly string[] {
  const said = message.split(" Did you mean")[0]?.split(" It has ")[0] ?? "";
  const quoted = [...said.matchAll(/"([^"]+)"|`([^`]+)`/g)].flatMap(([, a, b]) => a ?? b ?? []);
  const names = [...said.matchAll(/\$labels\.(\w+)|([a-zA-Z_]\w*_\w+)/g)].map(([, label, word]) => label ?? word ?? "");
  const functions = [...said.matchAll(/\b(\w+)\(\)/g)].map(([, name = ""]) => name);
  return [...quoted, ...names, ...functions];
}

function wholeWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWord = /^\w/.test(word) && /\w/.test(text.charAt(at - 1));
    const goesOn = /\w$/.test(word) && /\w/.test(text.charAt(at + word.length));
    if (!isWord && !goesOn) return at;
  }
  return -1;
}

interface Found extends Span {
  /** The text of a scalar. */
  readonly value?: string;
  readonly alignment: Alignment;
}

interface ValueTree {
  find(at: Pick<At, "document" | "path">): Found | undefined;
}

class JsonTree implements ValueTree {
  private readonly root;
  constructor(private readonly text: string) {
    this.root = parseTree(text, [], { disallowComments: true });
  }

  find({ path }: Pick<At, "path">): Found | undefined {
    for (let length = path.length; this.root && length >= 0; length--) {
      const node = findNodeAtLocation(this.root, path.slice(0, length));
      if (!node) continue;
      const value: unknown = node.value;
      const text = typeof value === "string" && length === path.length ? value : undefined;
      const to = node.offset + node.length;
      return {
        from: node.offset,
        to,
        ...(text !== undefined && { value: text }),
        alignment: alignment(this.text, node.offset, to, text ?? ""),
      };
    }
    return undefined;
  }
}

class YamlTree implements ValueTree {
  private readonly documents: readonly Document[];
  constructor(private readonly text: string) {
    this.documents = parseYaml(text).documents;
  }

  find({ document, path }: Pick<At, "document" | "path">): Found | undefined {
    const found = this.documents[document];
    if (!found?.contents) return undefined;
    let node: Node = found.contents;
    let place: Node = node;
    for (const [index, step] of path.entries()) {
      const next = child(found, node, step);
      if (!next) break;
      [node, place] = [next.value, index === path.length - 1 && next.key && !isScalar(next.value) ? next.key : next.value];
    }
    const [from, to] = place.range ?? [0, 0];
    const text = isScalar(node) && typeof node.value === "string" ? node.value : undefined;
    return { from, to, ...(text !== undefined && { value: text }), alignment: alignment(this.text, from, to, text ?? "") };
  }
}

function child(document: Document, node: Node, step: string | number): { readonly value: Node; readonly key?: Node } | undefined {
  const holder = isAlias(node) ? node.resolve(document) : node;
  if (isSeq<Node>(holder) && typeof step === "number") {
    const value = holder.items[step];
    return value && { value };
  }
  if (!isMap<Node, Node>(holder)) return undefined;
  const own = holder.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === String(step));
  if (own?.value) return { value: own.value, key: own.key };
  const merged = holder.items.filter(({ key }) => isScalar(key) && (key.value === "<<" || typeof key.value === "symbol"));
  for (const { value } of merged) {
    const sources = isSeq<Node>(value) ? value.items : value ? [value] : [];
    for (const source of sources) {
      const found = child(document, source, step);
      if (found) return found;
    }
  }
  return undefined;
}
