import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isNativeError } from "node:util/types";
import { closest, distance } from "fastest-levenshtein";
import { parse, stringify } from "yaml";
import { stackNames } from "../load/stack-file";
import { readIfPresent, writeAtomically } from "./atomic-file";
import { asProperties, isProperties, type Properties } from "./property-values";
import { UserError } from "./user-error";

/** Refuses a stack that the project has no file for, with those that it has. */
export function requireStack(projectRoot: string, stackName: string): void {
  if (existsSync(join(projectRoot, `Pulumi.${stackName}.yaml`))) return;
  const known = stackNames(projectRoot);
  const nearest = known.length > 0 ? closest(stackName, known) : "";
  const hint = nearest !== "" && distance(stackName, nearest) <= 2 ? ` Did you mean "${nearest}"?` : "";
  throw new UserError(
    `There is no stack "${stackName}": Pulumi.${stackName}.yaml does not exist. Stacks: ${known.join(", ") || "none"}.${hint}`,
  );
}

// Read by people who have just edited them: what is wrong is said in terms of the file.
function readYamlFile(projectRoot: string, name: string): Properties {
  const text = readIfPresent(join(projectRoot, name));
  if (text === undefined) throw new UserError(`There is no ${name} in ${projectRoot}.`);
  try {
    return asProperties(parse(text));
  } catch (error) {
    const [reason = ""] = (isNativeError(error) ? error.message : String(error)).split("\n");
    throw new UserError(`${name} is not valid YAML: ${reason.replace(/:$/, "")}.`);
  }
}

/** The project's name, which Pulumi.yaml gives. */
export function readProjectName(projectRoot: string): string {
  const name = readYamlFile(projectRoot, "Pulumi.yaml")["name"];
  if (typeof name !== "string") throw new UserError('Pulumi.yaml has no "name".');
  return name;
}

/** From where to where a stack's files are copied. */
export interface StackCopy {
  readonly projectRoot: string;
  readonly stackName: string;
  readonly workDir: string;
  readonly saltFile: string;
}

/**
 * Copies Pulumi.yaml and the stack's file to where the engine works, because the engine writes its encryption salt into them.
 * What belongs to another backend (secure values, its secrets provider) is left out; returns what that was.
 */
export function copyStackFiles({ projectRoot, stackName, workDir, saltFile }: StackCopy): string[] {
  readProjectName(projectRoot);
  writeAtomically(join(workDir, "Pulumi.yaml"), readFileSync(join(projectRoot, "Pulumi.yaml"), "utf8"));
  const stackFile = readYamlFile(projectRoot, `Pulumi.${stackName}.yaml`);
  const { kept, leftOut } = withoutForeignSecrets(stackFile);
  const salt = readIfPresent(saltFile);
  writeAtomically(
    join(workDir, `Pulumi.${stackName}.yaml`),
    stringify(salt === undefined ? kept : { ...kept, encryptionsalt: salt }),
  );
  return leftOut;
}

/** Keeps the salt that the engine has written into the copy, apart from the copy, which is made anew each time. */
export function keepSalt({ stackName, workDir, saltFile }: StackCopy): void {
  if (!existsSync(join(workDir, `Pulumi.${stackName}.yaml`))) return;
  const salt = readYamlFile(workDir, `Pulumi.${stackName}.yaml`)["encryptionsalt"];
  if (typeof salt === "string" && readIfPresent(saltFile) !== salt) writeAtomically(saltFile, salt, 0o600);
}

const foreignKeys = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/** The stack's file without what only its own backend can read, and the names of what was left out. */
export function withoutForeignSecrets(stackFile: Properties): { kept: Properties; leftOut: string[] } {
  const config = Object.entries(asProperties(stackFile["config"]));
  const secure = config.filter(([, value]) => hasSecureValue(value)).map(([key]) => key);
  const rest = Object.entries(stackFile).filter(([key]) => key !== "config" && !foreignKeys.includes(key));
  const kept = { ...Object.fromEntries(rest), config: Object.fromEntries(config.filter(([key]) => !secure.includes(key))) };
  return { kept, leftOut: ["environment" in stackFile ? ["environment"] : [], secure].flat() };
}

function hasSecureValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSecureValue);
  if (!isProperties(value)) return false;
  return "secure" in value || Object.values(value).some(hasSecureValue);
}
