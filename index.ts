import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { isConfigSecret } from "@pulumi/pulumi/runtime/config";
import * as grafana from "@pulumiverse/grafana";
import { AlertmanagerConfiguration } from "./components/alertmanager-configuration";
import { ServiceObservability } from "./components/service-observability";
import { requireCluster } from "./components/named-cluster";
import { readPassed } from "./core/load/configuration";
import { locateFindings } from "./core/load/source-lines";
import { stackFile } from "./core/load/stack-file";
import { objectivesOf } from "./core/model/objectives";
import { loadProject, prepareDeployment } from "./project";
import { renderFindings } from "./core/render/findings";
import { renderInhibitions } from "./core/render/inhibitions";
import { renderJourneyTable } from "./core/render/journey-table";

declare module "@pulumi/pulumi/runtime/config" {
  // The SDK has it, and leaves it out of its declarations.
  export function isConfigSecret(key: string): boolean;
}

/** The Pulumi program: settings -> services -> checks -> components -> stack outputs. */
export = async () => {
  const stack = pulumi.getStack();
  const passed = readPassed(pulumi.runtime.allConfig(), isConfigSecret, stackFile(stack));
  const prepared = passed.findings.length > 0 ? passed : prepareDeployment(loadProject(__dirname), stack, passed.values);
  if ("findings" in prepared)
    throw new pulumi.RunError(`Nothing was deployed.\n\n${renderFindings(locateFindings(__dirname, prepared.findings))}`);
  const { settings, model, warnings } = prepared.value;
  if (warnings.length > 0) await pulumi.log.warn(renderFindings(warnings));
  const kubernetes = kubernetesProvider();
  if (settings.clusterUid !== "") await requireCluster(settings.clusterUid, kubernetes);
  const providers = [kubernetes, ...(settings.dashboardDelivery === "grafana-api" ? [grafanaProvider(settings.grafanaUrl)] : [])];
  const deployed = model.services.map((service) => {
    const { deployed: outputs } = new ServiceObservability(
      service.id,
      {
        service,
        model,
        links: settings,
        namespace: settings.monitoringNamespace,
        dashboardDelivery: settings.dashboardDelivery,
        ruleSelectorLabels: settings.ruleSelectorLabels,
      },
      { providers },
    );
    return [service.id, outputs] as const;
  });
  new AlertmanagerConfiguration(
    "alertmanager",
    {
      alerting: { inhibitions: renderInhibitions(model, settings.receivers), receivers: settings.receivers },
      namespace: settings.monitoringNamespace,
      delivery: settings.alertmanager,
      selectorLabels: settings.ruleSelectorLabels,
    },
    { providers },
  );
  return {
    services: Object.fromEntries(deployed),
    objectives: objectivesOf(model),
    journeys: model.journeys.map(renderJourneyTable),
  };
};

/** The token is read only here. Without it the provider takes GRAFANA_AUTH from the environment. */
function grafanaProvider(url: string): grafana.Provider {
  const auth = new pulumi.Config().getSecret("grafanaToken");
  return new grafana.Provider("grafana", { url, ...(auth && { auth }) });
}

/** The cluster is the one that the stack names, or, where it names none, the current one of the kubeconfig. */
function kubernetesProvider(): k8s.Provider {
  const named = new pulumi.Config("kubernetes");
  const [context, kubeconfig] = [named.get("context"), named.getSecret("kubeconfig")];
  return new k8s.Provider("kubernetes", {
    // Without it, every edited runbook would be a deletion and a creation of its ConfigMap.
    enableConfigMapMutable: true,
    enableServerSideApply: true,
    ...(context !== undefined && { context }),
    ...(kubeconfig && { kubeconfig }),
  });
}
