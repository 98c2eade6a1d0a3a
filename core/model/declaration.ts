import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The call with which something was declared. */
export interface Declaration {
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

// The builders and what follows from declarations: who calls them from outside has declared it.
const ownFolder = join(__dirname, "/");
const calls = new WeakMap<object, Error>();

/** Remembers from where a builder was called, until somebody asks: only then is the stack written and read. */
export function declared<T extends object>(thing: T): T {
  const { stackTraceLimit } = Error;
  // What a template declares is made deep within the builders.
  Error.stackTraceLimit = 30;
  calls.set(thing, new Error("declared here"));
  Error.stackTraceLimit = stackTraceLimit;
  return thing;
}

/** Where something was declared; undefined of what no builder made, or was copied since. */
export function declarationOf(thing: object): Declaration | undefined {
  const frames = calls.get(thing)?.stack?.split("\n") ?? [];
  for (const frame of frames) {
    const [, path = "", line] = /\(?([^\s()]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    const file = path.startsWith("file:") ? fileURLToPath(path) : path;
    if (line !== undefined && !file.startsWith(ownFolder) && !file.startsWith("node:")) return { file, line: Number(line) };
  }
  return undefined;
}
