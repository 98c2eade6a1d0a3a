import { readdirSync } from "node:fs";
import type { Finding, Result } from "../model/finding";
import type { SettingDeclaration } from "../model/setting";
import { didYouMean } from "../model/suggestion";
import {
  asPassed,
  isNoCluster,
  noCluster,
  noSecret,
  objectionTo,
  parseKey,
  projectName,
  readable,
  secretSetting,
  settingFault as fault,
} from "./configuration";
import { forgottenSettings } from "./forgotten-settings";
import { readableSecrets } from "./readable-secrets";
import { readYaml } from "./yaml-file";

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
  const [project, stackOwn] = [readYaml(projectRoot, "Pulumi.yaml"), readYaml(projectRoot, file)];
  const unreadable = [project, stackOwn].flatMap((result) => ("findings" in result ? result.findings : []));
  if (unreadable.length > 0) return { values: {}, findings: unreadable };
  const document = valueOf(stackOwn);
  const keys = Object.entries(section(document, "config")).map(([key, value]) => ({ key, value, parsed: parseKey(key) }));
  const own = keys.flatMap(({ value, parsed }) =>
    parsed?.namespace === projectName ? [[parsed.name, asPassed(value)] as const] : [],
  );
  const values = { ...defaults(project), ...Object.fromEntries(own) };
  const set = new Set(own.map(([name]) => name));
  const findings = [
    ...formFaults(document, file),
    ...keys.flatMap(({ key, parsed }) => {
      const why = parsed ? objectionTo(parsed) : 'is no key: that has the form "namespace:name".';
      return why === undefined ? [] : [fault(file, key, why)];
    }),
    ...keys
      .filter(({ value, parsed }) => parsed !== undefined && !isSecure(value) && isNoCluster(parsed, asPassed(value)))
      .map(({ key }) => fault(file, key, noCluster)),
    ...repeated(keys).map((key) => fault(file, key, "is set twice, with the project's name and without. Keep one.")),
    ...keys.flatMap(({ value, parsed }) =>
      parsed?.namespace === projectName && parsed.name !== secretSetting && isSecure(value)
        ? [fault(file, parsed.name, noSecret)]
        : [],
    ),
    ...readableSecrets(document).map((path) => readableAt(file, path, stack)),
    ...forgottenSettings(stack, values, set).map(([name, message]) => warning(file, name, message)),
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
  if (!isMapping(document)) return [fault(file, undefined, 'is no file of a stack: that is a mapping with the key "config".')];
  const config = document["config"] ?? {};
  return [
    ...Object.keys(document)
      .filter((key) => !sections.includes(key))
      .map((key) => fault(file, key, `would be ignored. A stack's file has ${sections.join(", ")}.${didYouMean(key, sections)}`)),
    ...(isMapping(config) ? [] : [fault(file, "config", "must be a mapping of settings.")]),
  ];
}

interface WrittenKey {
  readonly key: string;
  readonly parsed: ReturnType<typeof parseKey>;
}

function repeated(keys: readonly WrittenKey[]): readonly string[] {
  const isSame = ({ parsed: a }: WrittenKey, { parsed: b }: WrittenKey): boolean =>
    a !== undefined && a.namespace === b?.namespace && a.name === b.name;
  return keys.filter((key, index) => keys.slice(0, index).some((other) => isSame(key, other))).map(({ key }) => key);
}

function fromElsewhere(document: unknown, file: string): readonly Finding[] {
  if (!isMapping(document) || !("environment" in document)) return [];
  const message = "takes settings from Pulumi ESC. They are checked when `pulumi preview` and `pulumi up` run, not here.";
  return [warning(file, "environment", message)];
}

/** The settings that Pulumi.yaml declares, in its order; none when it cannot be read. */
export function loadSettingDeclarations(projectRoot: string): readonly SettingDeclaration[] {
  return declarationsIn(readYaml(projectRoot, "Pulumi.yaml"));
}

function declarationsIn(project: Result<unknown>): readonly SettingDeclaration[] {
  const config = section(valueOf(project), "config");
  return Object.keys(config).map((key) => {
    const { description, default: value } = section(config, key);
    return { key, description: typeof description === "string" ? description : "", default: value };
  });
}

function defaults(project: Result<unknown>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(declarationsIn(project).map((declared) => [declared.key, asPassed(declared.default)]));
}

function readableAt(file: string, path: readonly string[], stack: string): Finding {
  const [first = "", ...below] = path[0] === "config" && path.length > 1 ? path.slice(1) : path;
  const name = first.slice(first.lastIndexOf(":") + 1);
  return fault(file, [name, ...below].join("."), readable(name, stack));
}

function isSecure(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ("secure" in value && Object.keys(value).length === 1) || Object.values(value).some(isSecure);
}

function warning(file: string, name: string, message: string): Finding {
  return { ...fault(file, name, message), severity: "warning" };
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
