import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { Finding, Result } from "../model/finding";
import { decodeText } from "./text-file";

/** A YAML file of the project as a value; undefined when there is none. What is wrong with it is said with its line. */
export function readYaml(projectRoot: string, file: string): Result<unknown> {
  const path = join(projectRoot, file);
  if (!existsSync(path)) return { value: undefined };
  const decoded = decodeText(readFileSync(path));
  if ("fault" in decoded) return { findings: [fault({ file }, `is no text: it ${decoded.fault}.`)] };
  const lines = new LineCounter();
  // Merge keys (<<) are read because the engine reads them.
  const document = parseDocument(decoded.text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: "error" });
  const [wrong] = document.errors;
  if (!wrong) return toValue(file, () => document.toJS());
  const { line } = lines.linePos(wrong.pos[0]);
  return { findings: [invalidYaml({ file, line }, wrong.message)] };
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
