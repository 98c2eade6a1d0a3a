import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
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
  const read = [readYaml(projectRoot, "Pulumi.yaml"), readYaml(projectRoot, file)];
  const wrong = read.flatMap((result) => ("findings" in result ? result.findings : []));
  if (wrong.length > 0) return { findings: wrong };
  const config = section(valueOf(read[1]), "config");
  const prefix = `${projectName}:`;
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const plainToken = own.some(([key, value]) => key === "grafanaToken" && !isSecret(value));
  return plainToken
    ? { findings: [readableToken(file, stack)] }
    : { value: { ...defaults(projectRoot), ...Object.fromEntries(own) } };
}

/** A YAML file of the project as a value; undefined when there is none. What is wrong with it is said with its line. */
export function readYaml(projectRoot: string, file: string): Result<unknown> {
  const path = join(projectRoot, file);
  if (!existsSync(path)) return { value: undefined };
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines, prettyErrors: false });
  const [wrong] = document.errors;
  if (!wrong) return toValue(file, () => document.toJS());
  const { line } = lines.linePos(wrong.pos[0]);
  return { findings: [invalidYaml({ file, line }, wrong.message)] };
}

// An alias that leads nowhere, or that grows without end, shows only now.
function toValue(file: string, read: () => unknown): Result<unknown> {
  try {
    return { value: read() };
  } catch (error) {
    return { findings: [invalidYaml({ file }, error instanceof Error ? error.message : String(error))] };
  }
}

function invalidYaml(subject: Finding["subject"], reason: string): Finding {
  return { check: "settings", severity: "error", subject, message: `is not valid YAML: ${reason.replace(/[.:]?$/, "")}.` };
}

/** The settings that Pulumi.yaml declares, in its order; none when it cannot be read. */
export function loadSettingDeclarations(projectRoot: string): readonly SettingDeclaration[] {
  const config = section(valueOf(readYaml(projectRoot, "Pulumi.yaml")), "config");
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

function valueOf(result: Result<unknown> | undefined): unknown {
  return result && "value" in result ? result.value : undefined;
}

function section(document: unknown, key: string): Readonly<Record<string, unknown>> {
  const value: unknown = typeof document === "object" && document !== null ? Reflect.get(document, key) : undefined;
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
