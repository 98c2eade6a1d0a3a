import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError } from "../machine/system/user-error";
import type { Model } from "../core/model/model";

/** The model of a program: what the function `model` of its file model.ts (or a compiled model.js) returns. */
export function loadProgramModel(projectRoot: string): Model {
  const file = ["model.ts", "model.js"].find((name) => existsSync(join(projectRoot, name)));
  if (file === undefined)
    throw new UserError(
      "There is no model.ts here. It exports what is checked and generated: export const model = () => loadModel(__dirname, { services: [ … ] })",
    );
  const load = createRequire(join(projectRoot, file));
  if (file.endsWith(".ts")) registerTypeScript(load);
  const exported: unknown = load(join(projectRoot, file));
  if (!hasModel(exported)) throw new UserError(`${file} exports no function "model".`);
  return exported.model();
}

function registerTypeScript(load: NodeJS.Require): void {
  try {
    const tsx: unknown = load("tsx/cjs/api");
    if (isLoader(tsx)) tsx.register();
  } catch {
    throw new UserError("model.ts is loaded with tsx, which is not installed here: npm install --save-dev tsx");
  }
}

function isLoader(loaded: unknown): loaded is { readonly register: () => unknown } {
  return typeof loaded === "object" && loaded !== null && "register" in loaded && typeof loaded.register === "function";
}

function hasModel(exported: unknown): exported is { readonly model: () => Model } {
  return typeof exported === "object" && exported !== null && "model" in exported && typeof exported.model === "function";
}
