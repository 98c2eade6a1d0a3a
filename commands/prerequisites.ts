import { resolve } from "node:path";
import { locateFindings } from "../core/load/source-lines";
import { readStackFile } from "../core/load/stack-file";
import { secretsOf } from "../core/model/receiver";
import { renderFindings } from "../core/render/findings";
import { kubectlFor } from "../machine/cluster/kubectl";
import { findMissing } from "../machine/cluster/prerequisites";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { UserError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { stackOption } from "../machine/terminal/stack-option";
import { loadProject, prepareDeployment } from "../project";

/** What is to be known of `prerequisites`. */
export const description = {
  name: "prerequisites",
  summary:
    "Asks a cluster, by kubectl, whether it has what a stack needs: namespace, definitions, rights, Secrets. It reads only.",
  options: {
    stack: { ...stackOption("the stack that is to be deployed"), default: "dev" },
    context: { type: "string", value: "<context>", help: "the context of the kubeconfig; without it: its current one" },
  },
  examples: ["--stack prod", "--stack prod --context prod-eu"],
} as const satisfies CommandDescription;

/** Whether a stack could be deployed to a cluster: everything that is missing, at once. Exits with 1 when anything is. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  const { stack, context } = values;
  const root = resolve(__dirname, "..");
  requireStack(root, stack);
  const file = readStackFile(root, stack);
  const project = loadProject(root);
  const prepared = file.findings.length > 0 ? file : prepareDeployment(project, stack, file.values);
  if ("findings" in prepared) throw new UserError(renderFindings(locateFindings(root, prepared.findings, project)));
  const { settings } = prepared.value;
  const { rules, scrape, alertmanager } = settings;
  const missing = await findMissing(kubectlFor(context), {
    namespace: settings.monitoringNamespace,
    createsNamespace: settings.createNamespace,
    definitions: [
      ...(rules === "operator" ? ["prometheusrules.monitoring.coreos.com"] : []),
      ...(scrape === "pod-monitor" ? ["podmonitors.monitoring.coreos.com"] : []),
      ...(alertmanager === "operator" ? ["alertmanagerconfigs.monitoring.coreos.com"] : []),
    ],
    secrets: alertmanager === "operator" ? secretsOf(settings.receivers) : [],
  });
  for (const line of missing) console.log(line);
  if (missing.length === 0) console.log(`The cluster has what stack ${stack} needs.`);
  return missing.length === 0 ? 0 : 1;
}
