import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** More than any dashboard or rule file that a server takes: Grafana and Kubernetes refuse far less. */
const mostBytes = 16 * 1024 * 1024;

/** A file's text, or why it has none, as a sentence goes on after the file's name. */
export type Text = { readonly text: string } | { readonly message: string };

/** Reads a file as UTF-8, without its byte order mark. */
export function readText(root: string, file: string): Text {
  try {
    const path = join(root, file);
    const { size } = statSync(path);
    if (size > mostBytes) {
      return {
        message: `is ${Math.round(size / 1024 / 1024)} MiB, and was not read: no server takes more than ${mostBytes / 1024 / 1024} MiB. Leave it out of the globs.`,
      };
    }
    return decode(readFileSync(path));
  } catch (error) {
    return { message: `cannot be read: ${error instanceof Error ? error.message.replace(/, \w+ '.*$/, "") : String(error)}.` };
  }
}

function decode(bytes: Buffer): Text {
  if (bytes.includes(0)) return { message: "is no text: it has bytes of zero. Leave it out of the globs." };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { message: `is no UTF-8 (line ${lineOfInvalid(bytes)}). Save it as UTF-8.` };
  }
}

function lineOfInvalid(bytes: Buffer): number {
  const lines = bytes.toString("utf8").split("\n");
  return lines.findIndex((line) => line.includes("\uFFFD")) + 1;
}
