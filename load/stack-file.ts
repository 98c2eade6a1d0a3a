import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Finding, Result } from "../model/finding";
import type { SettingDeclaration } from "../model/setting";

/** The project's name in Pulumi.yaml: the namespace of its settings in Pulumi.<stack>.yaml. */
export const projectName = "dark-tower-observability";

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

/** The settings of a stack as the engine would pass them: its file over the defaults of Pulumi.yaml. */
export function loadStackFile(projectRoot: string, stack: string): Result<Readonly<Record<string, unknown>>> {
  const file = stackFile(stack);
  const path = join(projectRoot, file);
  const config = existsSync(path) ? section(readYaml(path), "config") : {};
  const prefix = `${projectName}:`;
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const plainToken = own.some(([key, value]) => key === "grafanaToken" && !isSecret(value));
  return plainToken
    ? { findings: [readableToken(file, stack)] }
    : { value: { ...defaults(projectRoot), ...Object.fromEntries(own) } };
}

/** The settings that Pulumi.yaml declares, in its order. */
export function loadSettingDeclarations(projectRoot: string): readonly SettingDeclaration[] {
  const config = section(readYaml(join(projectRoot, "Pulumi.yaml")), "config");
  return Object.keys(config).map((key) => {
    const { description, default: value } = section(config, key);
    return { key, description: typeof description === "string" ? description : "", default: value };
  });
}

function defaults(projectRoot: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(loadSettingDeclarations(projectRoot).map((declared) => [declared.key, declared.default]));
}

function readableToken(file: string, stack: string): Finding {
  return {
    check: "settings",
    severity: "error",
    subject: { file, name: "grafanaToken" },
    message: `is readable in the file. Revoke the token, then run \`pulumi config set --secret grafanaToken --stack ${stack}\`.`,
  };
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function readYaml(path: string): unknown {
  return parse(readFileSync(path, "utf8"));
}

function section(document: unknown, key: string): Readonly<Record<string, unknown>> {
  const value: unknown = typeof document === "object" && document !== null ? Reflect.get(document, key) : undefined;
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
