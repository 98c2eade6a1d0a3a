import { readdirSync } from "node:fs";
import type { Finding, Result } from "../model/finding";
import type { SettingDeclaration } from "../model/setting";
import { didYouMean } from "../model/suggestion";
import { readable, settingFault } from "./configuration";
import { forgottenSettings } from "./forgotten-settings";
import { holdsToken, readableSecrets } from "./readable-secrets";
import { keyFaults, ownValues, writtenKeys } from "./written-keys";
import { readComments, readYaml } from "./yaml-file";

const projectFile = "Pulumi.yaml";

/** The stacks that have a file, in alphabetical order. */
export function stackNames(projectRoot: string): readonly string[] {
  return readdirSync(projectRoot)
    .flatMap((file) => /^Pulumi\.([A-Za-z0-9._-]+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** The name of a stack's file, from the project's root. */
export function stackFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** What a stack sets, and what is wrong with its file. */
export interface StackFile {
  /** By their short names, over the defaults of Pulumi.yaml, in the form in which the engine passes them. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

/** A stack's file as the engine reads it. What the engine would ignore without a word is found here. */
export function readStackFile(projectRoot: string, stack: string): StackFile {
  const file = stackFile(stack);
  const read = [readYaml(projectRoot, projectFile), readYaml(projectRoot, file)];
  const unreadable = read.flatMap((result) => ("findings" in result ? result.findings : []));
  if (unreadable.length > 0) return { values: {}, findings: unreadable };
  const [project, document] = read.map(valueOf);
  const [declared, keys] = [writtenKeys(projectConfiguration(project)), writtenKeys(section(document, "config"))];
  const own = ownValues(keys);
  const values = { ...ownValues(declared), ...own };
  const findings = [
    ...keyFaults(declared, projectFile),
    ...formFaults(document, file),
    ...keyFaults(keys, file, stack),
    ...readableSecrets(withoutConfiguration(document)).map((path) =>
      settingFault(file, path.join("."), readable(path.at(-1) ?? "", stack)),
    ),
    ...[projectFile, file].flatMap((name) => tokensInComments(projectRoot, name)),
    ...forgottenSettings(stack, values, new Set(Object.keys(own))).map(([name, message]) => warning(file, name, message)),
    ...fromElsewhere(document, file),
  ];
  return { values, findings };
}

/** The settings of a stack as the engine would pass them: its file over the defaults of Pulumi.yaml; or its errors. */
export function loadStackFile(projectRoot: string, stack: string): Result<Readonly<Record<string, unknown>>> {
  const { values, findings } = readStackFile(projectRoot, stack);
  const errors = findings.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? { findings: errors } : { value: values };
}

const sections = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

function formFaults(document: unknown, file: string): readonly Finding[] {
  if (document === undefined || document === null) return [];
  if (!isMapping(document))
    return [settingFault(file, undefined, 'is no file of a stack: that is a mapping with the key "config".')];
  const config = document["config"] ?? {};
  return [
    ...Object.keys(document)
      .filter((key) => !sections.includes(key))
      .map((key) =>
        settingFault(file, key, `would be ignored. A stack's file has ${sections.join(", ")}.${didYouMean(key, sections)}`),
      ),
    ...(isMapping(config) ? [] : [settingFault(file, "config", "must be a mapping of settings.")]),
  ];
}

/** What was set aside in a comment is as readable as what is set. */
function tokensInComments(projectRoot: string, file: string): readonly Finding[] {
  return readComments(projectRoot, file)
    .filter(({ text }) => holdsToken(text))
    .map(({ line }) => {
      const message = "a comment holds a token, which is readable in the file. Revoke it, then take it out of the file.";
      return { ...settingFault(file, undefined, message), subject: { file, line } };
    });
}

function fromElsewhere(document: unknown, file: string): readonly Finding[] {
  if (!isMapping(document) || !("environment" in document)) return [];
  const message = "takes settings from Pulumi ESC. They are checked when `pulumi preview` and `pulumi up` run, not here.";
  return [warning(file, "environment", message)];
}

/** The settings that Pulumi.yaml declares, in its order; none when it cannot be read. */
export function loadSettingDeclarations(projectRoot: string): readonly SettingDeclaration[] {
  const project = valueOf(readYaml(projectRoot, projectFile));
  const config = section(project, "config");
  return Object.entries(projectConfiguration(project)).map(([key, value]) => {
    const { description } = section(config, key);
    return { key, description: typeof description === "string" ? description : "", default: value };
  });
}

/** What the project sets for all its stacks: a value as it is, or the one of a declaration. Undefined where that has none. */
function projectConfiguration(project: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(section(project, "config")).map(([key, written]) => {
      if (!isMapping(written) || !Object.keys(written).every((word) => declaring.has(word))) return [key, written];
      return [key, written["value"] ?? written["default"]];
    }),
  );
}

const declaring = new Set(["type", "description", "secret", "default", "value", "items"]);

function withoutConfiguration(document: unknown): unknown {
  return isMapping(document) && isMapping(document["config"])
    ? Object.fromEntries(Object.entries(document).filter(([key]) => key !== "config"))
    : document;
}

function warning(file: string, name: string, message: string): Finding {
  return { ...settingFault(file, name, message), severity: "warning" };
}

function valueOf(result: Result<unknown> | undefined): unknown {
  return result && "value" in result ? result.value : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function section(document: unknown, key: string): Readonly<Record<string, unknown>> {
  const value: unknown = isMapping(document) ? document[key] : undefined;
  return isMapping(value) ? value : {};
}
