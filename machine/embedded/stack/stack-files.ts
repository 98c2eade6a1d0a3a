import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { stringify } from "yaml";
import { stackNames } from "../../../core/load/stack-file";
import { readYaml } from "../../../core/load/yaml-file";
import { readIfPresent, writeAtomically } from "../../system/atomic-file";
import { asProperties, isProperties, type Properties } from "../provider/property-values";
import { UsageError, UserError } from "../../system/user-error";

/** Refuses a stack that the project has no file for, with those that it has. */
export function requireStack(projectRoot: string, stackName: string): void {
  requireStackName(stackName);
  if (existsSync(join(projectRoot, `Pulumi.${stackName}.yaml`))) return;
  const known = stackNames(projectRoot);
  const nearest = known.length > 0 ? closest(stackName, known) : "";
  const hint = nearest !== "" && distance(stackName, nearest) <= 2 ? ` Did you mean "${nearest}"?` : "";
  throw new UsageError(
    `There is no stack "${stackName}": Pulumi.${stackName}.yaml does not exist. Stacks: ${known.join(", ") || "none"}.${hint}`,
  );
}

// As the engine has it. What lies beside the stacks in .local is no stack.
function requireStackName(stackName: string): void {
  const plain = stackName.split("/").at(-1) ?? "";
  const isName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(stackName) && stackName !== "worktrees";
  if (isName) return;
  const shown = stackName.length > 100 ? `${stackName.slice(0, 40)}…` : stackName;
  const hint = /^[\w-][\w.-]*(\/[\w-][\w.-]*){1,2}$/.test(stackName) ? ` Here a stack has no organization: "${plain}".` : "";
  throw new UsageError(
    `"${shown}" is no name of a stack: that has letters, digits, "-", "_" and ".", at most 100.${hint} Nothing was changed.`,
  );
}

// Read by people who have just edited them: what is wrong is said in terms of the file.
function readYamlFile(projectRoot: string, name: string): Properties {
  if (!existsSync(join(projectRoot, name)))
    throw new UserError(`There is no ${name} in ${projectRoot}. Take it back from git: git restore ${name}`);
  const read = readYaml(projectRoot, name);
  if ("value" in read) return isProperties(read.value) ? read.value : {};
  const [problem] = read.findings;
  const at = problem?.subject.line === undefined ? name : `${name}:${problem.subject.line}`;
  throw new UserError(`${at}: ${name} ${problem?.message ?? "cannot be read."} Nothing was changed.`);
}

/** The project's name, which Pulumi.yaml gives. */
export function readProjectName(projectRoot: string): string {
  const name = readYamlFile(projectRoot, "Pulumi.yaml")["name"];
  if (typeof name !== "string")
    throw new UserError('Pulumi.yaml has no "name": take it back from git (git restore Pulumi.yaml). Nothing was changed.');
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
  const copy = readYaml(workDir, `Pulumi.${stackName}.yaml`);
  const salt = "value" in copy ? asProperties(copy.value)["encryptionsalt"] : undefined;
  if (typeof salt === "string" && readIfPresent(saltFile) !== salt) writeAtomically(saltFile, salt, 0o600);
}

const foreignKeys = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/** The stack's file without what only its own backend can read or its own cluster has, and the names of what was left out. */
export function withoutForeignSecrets(stackFile: Properties): { kept: Properties; leftOut: string[] } {
  const config = Object.entries(asProperties(stackFile["config"]));
  const secure = config.filter(([key, value]) => hasSecureValue(value) || isOfCluster(key)).map(([key]) => key);
  const rest = Object.entries(stackFile).filter(([key]) => key !== "config" && !foreignKeys.includes(key));
  const kept = { ...Object.fromEntries(rest), config: Object.fromEntries(config.filter(([key]) => !secure.includes(key))) };
  return { kept, leftOut: ["environment" in stackFile ? ["environment"] : [], secure].flat() };
}

function isOfCluster(key: string): boolean {
  return key.startsWith("kubernetes:") || /(^|:)clusterUid$/.test(key);
}

function hasSecureValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSecureValue);
  if (!isProperties(value)) return false;
  return "secure" in value || Object.values(value).some(hasSecureValue);
}
