import type { SecretKey } from "../../core/model/receiver";
import { UserError } from "../system/user-error";
import type { Answer, Kubectl } from "./kubectl";

/** What must be in a cluster before a stack is deployed there. */
export interface Prerequisites {
  readonly namespace: string;
  /** Whether the stack creates it. */
  readonly createsNamespace: boolean;
  /** The definitions of the operator's kinds, such as `prometheusrules.monitoring.coreos.com`. */
  readonly definitions: readonly string[];
  /** The keys of Secrets that the operator reads in that namespace. */
  readonly secrets: readonly SecretKey[];
}

const verbs = ["get", "list", "watch", "create", "patch", "delete"];

/**
 * Everything that is missing, each with what to do; nothing where a deployment can begin.
 * @throws UserError when the cluster does not answer at all.
 */
export async function findMissing(kubectl: Kubectl, needed: Prerequisites): Promise<readonly string[]> {
  const { namespace, createsNamespace, definitions } = needed;
  const hasNamespace = await kubectl("get", "namespace", namespace, "--output", "name");
  if (!hasNamespace.isDone && !/\((NotFound|Forbidden)\)/.test(hasNamespace.problem))
    throw new UserError(`The cluster does not answer. kubectl says: ${lastLine(hasNamespace.problem)}`);
  const mayDo = hasNamespace.isDone || createsNamespace;
  const missing = await Promise.all([
    ...definitions.map(async (name) =>
      explain(
        await kubectl("get", "customresourcedefinition", name, "--output", "name"),
        `The definition ${name}`,
        "Install the Prometheus operator, or set rules and alertmanager to what needs none.",
      ),
    ),
    ...(mayDo ? ["configmaps", ...definitions].map((kind) => missingRights(kubectl, kind, namespace)) : []),
    ...(hasNamespace.isDone ? bySecret(needed.secrets).map((secret) => missingKeys(kubectl, secret, namespace)) : []),
  ]);
  return [
    ...(createsNamespace
      ? []
      : explain(hasNamespace, `The namespace ${namespace}`, `kubectl create namespace ${namespace}, or set createNamespace.`)),
    ...missing.flat(),
  ];
}

function explain({ isDone, problem }: Answer, what: string, remedy: string): readonly string[] {
  if (isDone) return [];
  if (problem.includes("(NotFound)")) return [`${what} is not there. ${remedy}`];
  return [`${what} cannot be looked for. kubectl says: ${lastLine(problem)}`];
}

/** What stands before it are kubectl's own logs. */
function lastLine(problem: string): string {
  return problem.split("\n").at(-1) ?? "";
}

async function missingRights(kubectl: Kubectl, kind: string, namespace: string): Promise<readonly string[]> {
  const answers = await Promise.all(verbs.map((verb) => kubectl("auth", "can-i", verb, kind, "--namespace", namespace)));
  const refused = verbs.filter((_, index) => answers[index]?.isDone !== true);
  return refused.length === 0 ? [] : [`The right to ${refused.join(", ")} ${kind} in ${namespace} is missing.`];
}

interface NeededSecret {
  readonly name: string;
  readonly keys: readonly string[];
}

function bySecret(secrets: readonly SecretKey[]): readonly NeededSecret[] {
  const names = [...new Set(secrets.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    keys: [...new Set(secrets.filter((secret) => secret.name === name).map(({ key }) => key))],
  }));
}

/** Only the names of the keys are read. */
async function missingKeys(kubectl: Kubectl, { name, keys }: NeededSecret, namespace: string): Promise<readonly string[]> {
  const template = "go-template={{range $key, $value := .data}}{{$key}} {{end}}";
  const answer = await kubectl("get", "secret", name, "--namespace", namespace, "--output", template);
  if (!answer.isDone)
    return explain(
      answer,
      `The Secret ${name}, which receivers names,`,
      "Without it, the operator drops the routing as a whole.",
    );
  const known = answer.printed.split(" ").filter((key) => key !== "");
  const missing = keys.filter((key) => !known.includes(key));
  const there = known.length === 0 ? "It has none" : `It has ${known.join(", ")}`;
  return missing.map(
    (key) =>
      `The Secret ${name} has no key "${key}", which receivers names. ${there}; the operator drops the routing as a whole.`,
  );
}
