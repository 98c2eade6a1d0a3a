import { join, relative, sep } from "node:path";
import { isNativeError } from "node:util/types";
import { findImportCycle } from "../system/import-cycle";
import { findTypeErrors } from "../system/type-check";
import { UserError } from "../system/user-error";
import { describeSystemFailure } from "./system-failure";

/** What to print, and what to exit with. */
export interface Explanation {
  readonly message: string;
  readonly exitCode: number;
}

/** What ended a command, for whoever has typed it. Only a defect of this program shows a stack, and says that it is one. */
export async function explainError(error: unknown, projectRoot: string): Promise<Explanation> {
  if (error instanceof UserError) return { message: error.message, exitCode: error.exitCode };
  return { message: await explain(error, projectRoot), exitCode: 1 };
}

async function explain(error: unknown, projectRoot: string): Promise<string> {
  const known = describeSystemFailure(error) ?? describeMissingPackage(error, projectRoot);
  if (known !== undefined) return known;
  const circle = describeCircle(error, projectRoot);
  if (circle !== undefined) return circle;
  // Programs are not type-checked when they start. What the compiler says about a name that is gone helps more than where it was missed.
  const typeErrors = await findTypeErrors(projectRoot);
  if (typeErrors !== "") return typeErrors;
  return describeProgramError(error, projectRoot) ?? describeDefect(error);
}

function describeMissingPackage(error: unknown, projectRoot: string): string | undefined {
  if (!isNativeError(error) || !("code" in error)) return undefined;
  if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1] ?? "";
  const isPackage = !missing.startsWith(".") && (!missing.startsWith(projectRoot) || missing.includes("node_modules"));
  if (!isPackage) return undefined;
  const name = missing.split(`node_modules${sep}`).at(-1) ?? missing;
  return `node_modules is incomplete: "${name}" is not there. Install the packages again: npm ci`;
}

// What teams write, and what a slip of theirs throws: the rest of the project is this program's own.
const written = ["services", "runbooks"];

function describeCircle(error: unknown, projectRoot: string): string | undefined {
  const at = findPlace(error, projectRoot);
  const cycle = at && findImportCycle(projectRoot, join(projectRoot, at.file));
  if (at === undefined || cycle === undefined || !isNativeError(error)) return undefined;
  return `${at.file}:${at.line}: ${error.message}: these files import each other in a circle, so that one is read before it is ready. Break it: ${cycle.join(" -> ")}`;
}

function describeProgramError(error: unknown, projectRoot: string): string | undefined {
  const at = findPlace(error, projectRoot);
  if (at === undefined || !isNativeError(error)) return undefined;
  return `${at.file}:${at.line}: ${error.message.replace(/\.$/, "")}. Correct it there, then run the same command again.`;
}

function findPlace(error: unknown, projectRoot: string): { readonly file: string; readonly line: string } | undefined {
  if (!isNativeError(error)) return undefined;
  const frames = [...(error.stack ?? "").matchAll(/\(?(\/[^\s():]+|[A-Z]:\\[^():]+):(\d+):\d+\)?$/gm)];
  const own = frames.map(([, path = "", line = ""]) => ({ file: relative(projectRoot, path), line }));
  return own.find(({ file }) => written.some((folder) => file.startsWith(`${folder}${sep}`)));
}

function describeDefect(error: unknown): string {
  const stack = isNativeError(error) ? (error.stack ?? error.message) : String(error);
  return `This is a defect of dark-tower-observability, not of what you did. Please report it to its maintainers, with these lines:\n\n${stack}`;
}
