import type { LoadedFiles } from "../../model/files/loaded";
import type { RunbookDocument } from "../../model/runbook";
import { runbookSubject } from "../../model/section-content";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";

const kinds: Readonly<Record<string, string>> = {
  deployment: "Deployment",
  deployments: "Deployment",
  deploy: "Deployment",
  statefulset: "StatefulSet",
  statefulsets: "StatefulSet",
  sts: "StatefulSet",
  daemonset: "DaemonSet",
  daemonsets: "DaemonSet",
  ds: "DaemonSet",
  service: "Service",
  services: "Service",
  svc: "Service",
  configmap: "ConfigMap",
  configmaps: "ConfigMap",
  cm: "ConfigMap",
  cronjob: "CronJob",
  cronjobs: "CronJob",
  cj: "CronJob",
  ingress: "Ingress",
  ing: "Ingress",
};

/** A command at night that answers "not found" costs minutes. */
export const commandObjectExists: Check = {
  id: "command-object-exists",
  description: "kubectl commands of documents name objects, namespaces and ports that the manifests have.",
  severity: "error",
  run: ({ files, runbooks }) =>
    files && files.cluster.objects.length > 0
      ? runbooks.flatMap((document) =>
          commandsOf(document).flatMap(({ text, line }) =>
            faults(text, files).map(({ message, isCertain }) => ({
              ...problem(runbookSubject(document, line), message),
              ...(!isCertain && { severity: "warning" as const }),
            })),
          ),
        )
      : [],
};

function commandsOf({ fences }: RunbookDocument): readonly { readonly text: string; readonly line: number }[] {
  return fences
    .filter(({ language }) => ["bash", "sh", "shell", "console", "zsh", ""].includes(language))
    .flatMap(({ code, line }) =>
      code.split("\n").map((text, index) => ({ text: text.replace(/(^|\s)#.*$/, ""), line: line + 1 + index })),
    )
    .filter(({ text }) => /\bkubectl\b/.test(text));
}

interface Fault {
  readonly message: string;
  readonly isCertain: boolean;
}

function faults(command: string, files: LoadedFiles): readonly Fault[] {
  const { objects } = files.cluster;
  const named = [...command.matchAll(/(?<![\w./$-])([a-z]+)[/ ]([a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)(?=[\s:;|&)"']|$)/g)].flatMap(
    ([whole, alias = "", name = ""]) => {
      const kind = kinds[alias];
      const isNamed =
        whole.includes("/") ||
        /\b(get|describe|delete|scale|edit|restart|status|undo|history|autoscale|expose|patch|annotate|label)\s+$/.test(
          command.slice(0, command.indexOf(whole)),
        );
      return kind !== undefined && isNamed ? [{ kind, name }] : [];
    },
  );
  const missing = named.flatMap(({ kind, name }): readonly Fault[] => {
    const known = objects.filter((object) => object.kind === kind).map((object) => object.name);
    if (known.length === 0 || known.includes(name)) return [];
    const nearest = didYouMean(name, known);
    return [
      {
        message: `names the ${kind} "${name}", which no manifest has.${nearest}${nearest === "" ? ` There are ${known.slice(0, 8).join(", ")}. If it is kept elsewhere, this cannot be told.` : ""}`,
        isCertain: nearest !== "",
      },
    ];
  });
  return [...missing, ...wrongNamespace(command, files), ...wrongPort(command, files)];
}

function wrongNamespace(command: string, { cluster: { objects } }: LoadedFiles): readonly Fault[] {
  const name = /(?:\s-n|--namespace)[ =]"?([a-z0-9][-a-z0-9]*)/.exec(command)?.[1];
  const known = new Set([
    ...objects.flatMap(({ namespace }) => namespace ?? []),
    ...objects.filter(({ kind }) => kind === "Namespace").map((object) => object.name),
  ]);
  if (name === undefined || known.size === 0 || known.has(name) || ["kube-system", "default"].includes(name)) return [];
  const nearest = didYouMean(name, known);
  return nearest === "" ? [] : [{ message: `names the namespace "${name}", which no manifest has.${nearest}`, isCertain: true }];
}

function wrongPort(command: string, { cluster: { objects, workloads } }: LoadedFiles): readonly Fault[] {
  const found =
    /\bport-forward\b.*?\s(?:(svc|service|deploy|deployment|sts|statefulset)\/)([a-z0-9][-a-z0-9]*)\s+(?:\d*:)?(\d+)/.exec(
      command,
    );
  const [, alias = "", name = "", port = ""] = found ?? [];
  const kind = kinds[alias];
  const object = objects.find((one) => one.kind === kind && one.name === name);
  const ports =
    kind === "Service"
      ? (object?.ports ?? [])
      : workloads
          .filter((one) => one.kind === kind && one.name === name)
          .flatMap(({ containers }) => containers.flatMap((container) => container.ports.map(({ number }) => number)));
  if (!object || ports.length === 0 || ports.includes(Number(port))) return [];
  return [{ message: `forwards port ${port} of the ${kind ?? ""} "${name}", which has ${ports.join(", ")}.`, isCertain: true }];
}
