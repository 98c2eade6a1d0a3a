import type { Finding } from "../model/finding";
import { didYouMean } from "../model/suggestion";
import { readableSecrets } from "./readable-secrets";

/** The project's name in Pulumi.yaml: the namespace of its settings. */
export const projectName = "dark-tower-observability";

/** What the Kubernetes provider is told by its own name: which cluster of a kubeconfig it works on. */
export const clusterKeys = ["context", "kubeconfig"] as const;

/** A key of a stack's configuration as the engine reads it. */
export interface ConfigurationKey {
  readonly namespace: string;
  readonly name: string;
}

/**
 * A key as it is written in a stack's file: `project:name`, `project:config:name`, or the name alone, which is the project's.
 * Undefined where the engine refuses it.
 */
export function parseKey(key: string): ConfigurationKey | undefined {
  const [first = "", second, third, ...more] = key.split(":");
  if (second === undefined) return { namespace: projectName, name: first };
  if (third === undefined) return { namespace: first, name: second };
  return second === "config" && more.length === 0 ? { namespace: first, name: third } : undefined;
}

/** Why a key of another namespace than the project's would be ignored; undefined where it is not. */
export function objectionTo({ namespace, name }: ConfigurationKey): string | undefined {
  if (namespace === projectName || namespace === "pulumi") return undefined;
  if (namespace === "kubernetes") return clusterKeys.some((key) => key === name) ? undefined : kubernetesObjection(name);
  if (namespace === "grafana" && name === "url") return "would be ignored: the address of Grafana is the setting grafanaUrl.";
  if (namespace === "grafana")
    return "would be ignored: Grafana is reached by the setting grafanaUrl and the secret setting grafanaToken.";
  return `would be ignored: the settings of this program begin with "${projectName}:".${didYouMean(namespace, [projectName, "kubernetes"])}`;
}

function kubernetesObjection(name: string): string {
  if (name === "namespace") return "would be ignored: the namespace is the setting monitoringNamespace.";
  const known = clusterKeys.map((key) => `kubernetes:${key}`).join(" and ");
  return `would be ignored: of the Kubernetes provider's settings this program takes ${known}.${didYouMean(name, clusterKeys)}`;
}

export const noCluster = "must be a text, and not empty: the stack would go to whatever cluster is current.";

/** Whether a key that names the cluster is given what names none. */
export function isNoCluster({ namespace, name }: ConfigurationKey, value: unknown): boolean {
  if (namespace !== "kubernetes" || !clusterKeys.some((key) => key === name)) return false;
  return typeof value === "string" ? value.trim() === "" : Array.isArray(value) || name === "context";
}

/** What a program was passed: its settings by their short names, and what is wrong with them. */
export interface PassedSettings {
  readonly values: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

/**
 * The configuration of a stack as the engine passes it to the program, wherever it was set: in the stack's file, by
 * `--config`, by an ESC environment. `file` is where the reader finds most of it.
 */
export function readPassed(
  configuration: Readonly<Record<string, string>>,
  isSecret: (key: string) => boolean,
  file: string,
): PassedSettings {
  const keys = Object.entries(configuration).map(([key, text]) => ({ key, text, parsed: parseKey(key) }));
  const own = keys.flatMap(({ key, text, parsed }) =>
    parsed?.namespace === projectName ? [{ key, text, name: parsed.name }] : [],
  );
  const foreign = keys.flatMap(({ key, text, parsed }) => {
    const why = parsed && objectionTo(parsed);
    if (parsed && !isSecret(key) && isNoCluster(parsed, asPassed(text))) return [settingFault(file, key, noCluster)];
    if (why !== undefined) return [settingFault(file, key, why)];
    const isReadable =
      parsed && parsed.namespace !== projectName && !isSecret(key) && readableSecrets({ [key]: text }).length > 0;
    return isReadable ? [settingFault(file, key, readable(key))] : [];
  });
  return {
    values: Object.fromEntries(own.map(({ name, text }) => [name, asPassed(text)])),
    findings: [
      ...foreign,
      ...own.flatMap(({ key, text, name }) => {
        if (isSecret(key)) return name === secretSetting ? [] : [settingFault(file, name, noSecret)];
        return readableSecrets({ [name]: text }).length > 0 ? [settingFault(file, name, readable(name))] : [];
      }),
    ],
  };
}

/** The one setting whose value goes nowhere but to a provider. */
export const secretSetting = "grafanaToken";

export const noSecret = `is a secret, but its value stands readable in what is deployed. Only ${secretSetting} can be a secret.`;

/** What is said of a secret that everybody can read; its value is never repeated. */
export function readable(name: string, stack?: string): string {
  const isToken = name === secretSetting;
  const how = isToken ? `run \`${setToken(stack)}\`` : "take it out of the file";
  return `is readable in the file. Revoke the ${isToken ? "token" : "secret"}, then ${how}.`;
}

function setToken(stack: string | undefined): string {
  return `pulumi config set --secret ${secretSetting}${stack === undefined ? "" : ` --stack ${stack}`}`;
}

/** What is said of a secret that holds nothing. */
export function noToken(isToken: boolean, stack?: string): string {
  return isToken
    ? `holds no token. Run \`${setToken(stack)}\`, or leave it out.`
    : "holds a secret without a value. Leave it out, or set it with `pulumi config set --secret`.";
}

export function settingFault(file: string, name: string | undefined, message: string): Finding {
  return { check: "settings", severity: "error", subject: name === undefined ? { file } : { file, name }, message };
}

/** A value as the engine passes it to a program: text, or a list or an object, which it passes as JSON. */
export function asPassed(value: unknown): unknown {
  if (value === null) return ""; // a key without a value
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return typeof value === "string" && /^[[{]/.test(value) ? fromJson(value) : inJson(value);
}

/** JSON's numbers are of 64 bits, of which programs read 53. */
function inJson(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(inJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inJson(inner)]));
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // the settings say what is wrong with it
  }
}
