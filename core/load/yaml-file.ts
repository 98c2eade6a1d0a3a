import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Lexer, LineCounter, parseDocument, visit, type Document } from "yaml";
import type { Finding, Result } from "../model/finding";
import type { Located } from "../model/runbook";
import { engineRefusal, engineScalars } from "./engine-scalars";
import { decodeText } from "./text-file";

/** A YAML file of the project as a value; undefined when there is none. What is wrong with it is said with its line. */
export function readYaml(projectRoot: string, file: string): Result<unknown> {
  const path = join(projectRoot, file);
  if (!existsSync(path)) return { value: undefined };
  const decoded = decodeText(readFileSync(path));
  if ("fault" in decoded) return { findings: [fault({ file }, `is no text: it ${decoded.fault}.`)] };
  return valueIn(file, decoded.text);
}

const valueIn = onceForText((file, text): Result<unknown> => {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
    // As the engine reads it: merge keys (<<), and its own numbers and dates, whatever version of YAML the file says it is.
    merge: true,
    schema: "core",
    customTags: (tags) => [...engineScalars, ...tags],
  });
  const [wrong] = document.errors;
  if (wrong) {
    const { line } = lines.linePos(wrong.pos[0]);
    return {
      findings: [
        wrong.code === "MULTIPLE_DOCS"
          ? fault({ file, line }, "begins a second document here, which the engine would ignore. Write one.")
          : invalidYaml({ file, line }, wrong.message),
      ],
    };
  }
  const refusal = engineRefusal(document, text);
  if (refusal === undefined && holdsItself(document))
    return { findings: [invalidYaml({ file }, "An alias stands within what it is the name of")] };
  return refusal === undefined ? toValue(file, () => document.toJS()) : { findings: [fault({ file }, refusal)] };
});

/** The comments of a YAML file of the project, with their lines; none when there is no such file. */
export function readComments(projectRoot: string, file: string): readonly Located[] {
  const path = join(projectRoot, file);
  const decoded = existsSync(path) ? decodeText(readFileSync(path)) : { text: "" };
  return "fault" in decoded || !decoded.text.includes("#") ? [] : commentsIn(file, decoded.text);
}

const commentsIn = onceForText((_, text): readonly Located[] => {
  let [line, before] = [1, ""];
  const comments: Located[] = [];
  for (const token of new Lexer().lex(text)) {
    // What follows this sign is a scalar, which may begin with whatever.
    if (token.startsWith("#") && before !== scalarFollows) comments.push({ text: token, line });
    line += token.split("\n").length - 1;
    before = token;
  }
  return comments;
});

/** The function, asked once about a file as long as its text is the same: all stacks of a project read its Pulumi.yaml. */
function onceForText<T>(read: (file: string, text: string) => T): (file: string, text: string) => T {
  const last = new Map<string, { readonly text: string; readonly answer: T }>();
  return (file, text) => {
    const known = last.get(file);
    if (known?.text === text) return known.answer;
    const answer = read(file, text);
    last.set(file, { text, answer });
    return answer;
  };
}

const scalarFollows = "\x1f";

/** Whether an alias stands within its own anchor: a value without end. */
function holdsItself(document: Document): boolean {
  let isWithin = false;
  visit(document, {
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      isWithin ||= path.some((node) => node === target);
    },
  });
  return isWithin;
}

// An alias that leads nowhere, or that grows without end, shows only now.
function toValue(file: string, read: () => unknown): Result<unknown> {
  try {
    return { value: read() };
  } catch (error) {
    return { findings: [invalidYaml({ file }, error instanceof Error ? error.message : String(error))] };
  }
}

function invalidYaml(subject: Finding["subject"], reason: string): Finding {
  return fault(subject, `is not valid YAML: ${reason.replace(/[.:]?$/, "")}.`);
}

function fault(subject: Finding["subject"], message: string): Finding {
  return { check: "settings", severity: "error", subject, message };
}
