import { resolve } from "node:path";
import { parse } from "yaml";
import { filesOptions } from "../library/files/files-options";
import { runFilesDoctor } from "../library/files/run-files-doctor";
import { doctorNotes, doctorOptions, readServers, runDoctor } from "../library/run-doctor";
import { readAlerting } from "../core/load/alerting";
import { withRunbookCommit } from "../core/load/runbook-commit";
import { locateFindings } from "../core/load/source-lines";
import { readStackFile, stackFile } from "../core/load/stack-file";
import { renderAlertmanagerYaml } from "../core/render/alertmanager";
import { renderFindings } from "../core/render/findings";
import { declaredByProgram } from "../core/running/declared-by-program";
import type { Declared } from "../core/running/declared";
import { requireStack } from "../machine/embedded/stack/stack-files";
import { UsageError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { stackOption } from "../machine/terminal/stack-option";
import { loadProject, prepareDeployment } from "../project";

/** What is to be known of `doctor`. */
export const description = {
  name: "doctor",
  summary:
    "Compares what a stack declares with what runs: rules, series, scrapes, Alertmanager, Grafana, runbooks. It reads only.",
  options: {
    stack: { ...stackOption("whose settings count"), default: "dev" },
    config: { ...filesOptions.config, help: "compare the files that this configuration names, such as chain.yaml" },
    ...doctorOptions,
  },
  notes: doctorNotes,
  examples: [
    "--stack prod --prometheus http://localhost:9090",
    "--stack prod --prometheus http://localhost:9090 --alertmanager http://localhost:9093 --grafana http://localhost:3000 --runbooks",
  ],
} as const satisfies CommandDescription;

/** `npm run doctor`: what is declared, beside what runs. Exits with 1 when something is wrong, with 2 when that cannot be told. */
export async function main({ values }: CommandLine<typeof description>): Promise<number> {
  readServers(values);
  if (values.config !== undefined) return runFilesDoctor(values.config, values);
  const root = resolve(__dirname, "..");
  requireStack(root, values.stack);
  const declared = declaredByStack(root, values.stack);
  return runDoctor(values, { declared, locate: (findings) => locateFindings(root, findings, declared.model) });
}

/**
 * What a stack declares of what runs.
 * @throws UsageError with every finding where it cannot be deployed.
 */
export function declaredByStack(root: string, stack: string): Declared {
  const read = readStackFile(root, stack);
  const project = loadProject(root);
  const prepared = read.findings.length > 0 ? read : prepareDeployment(project, stack, read.values);
  if ("findings" in prepared) throw new UsageError(renderFindings(locateFindings(root, prepared.findings, project)));
  const { model, settings } = prepared.value;
  const file = stackFile(stack);
  const { monitoringNamespace, grafanaUrl, datasourceUid, receivers } = settings;
  // The first route is that of everything else, which tells nobody.
  const [, ...routes] = readAlerting(parse(renderAlertmanagerYaml({ inhibitions: [], receivers }))).routes;
  return declaredByProgram({
    model,
    environment: {
      monitoringNamespace,
      grafanaUrl,
      datasourceUid,
      runbookBaseUrl: withRunbookCommit(settings.runbookBaseUrl, root, file).address,
    },
    receivers,
    routes,
    file,
  });
}
