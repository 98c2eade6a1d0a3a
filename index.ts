import * as pulumi from "@pulumi/pulumi";
import { isConfigSecret } from "@pulumi/pulumi/runtime/config";
import { AlertmanagerConfiguration } from "./components/alertmanager-configuration";
import { grafanaProvider, kubernetesProvider, requireCluster } from "./components/cluster";
import { RunbookSite } from "./components/runbook-site";
import { ServiceObservability } from "./components/service-observability";
import { requireNamedCluster } from "./components/named-cluster";
import { readPassed } from "./core/load/configuration";
import { withRunbookCommit } from "./core/load/runbook-commit";
import { locateFindings } from "./core/load/source-lines";
import { stackFile } from "./core/load/stack-file";
import { groupBy } from "./core/model/group-by";
import { alertLabelsOf } from "./core/model/installation";
import { journeysOf, objectivesOf } from "./core/model/objectives";
import { objectLabels } from "./core/render/object-labels";
import { renderFindings } from "./core/render/findings";
import { renderInhibitions } from "./core/render/inhibitions";
import { loadProject, prepareDeployment, type Deployment } from "./project";
import type * as siteContent from "./site-content";

const namePrefix = "dark-tower-";
const partOf = "dark-tower";

declare module "@pulumi/pulumi/runtime/config" {
  // The SDK has it, and leaves it out of its declarations.
  export function isConfigSecret(key: string): boolean;
}

/** The Pulumi program: settings -> services -> checks -> components -> stack outputs. */
export = async () => {
  const stack = pulumi.getStack();
  const passed = readPassed(pulumi.runtime.allConfig(), isConfigSecret, stackFile(stack));
  const project = loadProject(__dirname);
  const prepared = passed.findings.length > 0 ? passed : prepareDeployment(project, stack, passed.values);
  if ("findings" in prepared)
    throw new pulumi.RunError(
      `Nothing was deployed.\n\n${renderFindings(locateFindings(__dirname, prepared.findings, project))}`,
    );
  const { settings, model, warnings } = prepared.value;
  const runbooks = withRunbookCommit(settings.runbookBaseUrl, __dirname, stackFile(stack));
  if (runbooks.findings.some(({ severity }) => severity === "error"))
    throw new pulumi.RunError(`Nothing was deployed.\n\n${renderFindings(runbooks.findings)}`);
  const told = [...locateFindings(__dirname, warnings, project), ...runbooks.findings];
  if (told.length > 0) await pulumi.log.warn(renderFindings(told));
  const kubernetes = kubernetesProvider();
  if (settings.clusterUid !== "") await requireNamedCluster(settings.clusterUid, kubernetes);
  const providers = [kubernetes, ...(settings.dashboardDelivery === "grafana-api" ? [grafanaProvider(settings.grafanaUrl)] : [])];
  const found = await requireCluster(settings, kubernetes);
  const options = { providers, dependsOn: found };
  const { monitoringNamespace: namespace, grafanaUrl, datasourceUid, receivers } = settings;
  const selectorLabels = settings.ruleSelectorLabels;
  const site = deploySite(stack, prepared.value, options);
  const deployed = model.services.map((service) => {
    const { deployed: outputs } = new ServiceObservability(
      service.id,
      {
        service,
        model,
        environment: { namespace, grafanaUrl, runbookBaseUrl: runbooks.address, datasourceUid },
        dashboardDelivery: settings.dashboardDelivery,
        ruleTarget: settings.rules,
        ruleLabels: selectorLabels,
        ...(settings.scrape !== "none" && { scrapeTarget: settings.scrape }),
        namePrefix,
        partOf,
        folder: `Dark Tower ${service.title}`,
      },
      { providers, dependsOn: [...found, ...site] },
    );
    return [service.id, outputs] as const;
  });
  const alertLabels = alertLabelsOf(model.installation);
  new AlertmanagerConfiguration(
    "alertmanager",
    {
      inhibitions: renderInhibitions(model, receivers),
      receivers,
      ...(Object.keys(alertLabels).length > 0 && { alertLabels }),
      namespace,
      target: settings.alertmanager,
      objectName: `${namePrefix}alertmanager`,
      labels: { ...objectLabels({ id: "alertmanager" }, partOf), ...selectorLabels },
    },
    options,
  );
  const dependencies = Object.fromEntries(
    [...groupBy(model.dependencies, ({ service }) => service.id)].map(([id, all]) => [
      id,
      all.map(({ upstream }) => upstream.id),
    ]),
  );
  return { services: Object.fromEntries(deployed), dependencies, objectives: objectivesOf(model), journeys: journeysOf(model) };
};

/** The pages to which the alerts then lead, before the alerts: none where the stack has no site. */
function deploySite(stack: string, deployment: Deployment, options: pulumi.ComponentResourceOptions): readonly pulumi.Resource[] {
  const { model, settings } = deployment;
  const { runbookSite, monitoringNamespace: namespace } = settings;
  if (runbookSite === undefined) return [];
  const { host: _, ...args } = runbookSite;
  // Not before: most stacks have none, and everything of the site takes a moment to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would come first
  const { renderDeployedSite } = require("./site-content") as typeof siteContent;
  const files = renderDeployedSite(__dirname, stack, deployment);
  return [new RunbookSite("site", { files, model, namespace, objectName: `${namePrefix}site`, partOf, ...args }, options)];
}
