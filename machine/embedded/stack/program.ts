import { createRequire } from "node:module";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";

const load = createRequire(__filename);

/** The program of a project: the function that its index.ts exports, loaded when the engine asks for it. */
export function loadProgram(projectRoot: string): PulumiFn {
  return async () => {
    const exported = loadIndex(projectRoot);
    if (!isProgram(exported)) throw new Error("index.ts exports no function: it must end in `export = async () => ({ … })`.");
    return exported();
  };
}

/** Loads a project's program ahead of time. Should that fail, it fails again, and is told, when the engine asks for it. */
export function preloadProgram(projectRoot: string): void {
  try {
    loadIndex(projectRoot);
  } catch {
    return;
  }
}

function loadIndex(projectRoot: string): unknown {
  return load(join(projectRoot, "index.ts"));
}

function isProgram(exported: unknown): exported is PulumiFn {
  return typeof exported === "function";
}
