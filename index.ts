import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as grafana from "@pulumiverse/grafana";
import { AlertmanagerConfiguration } from "./components/alertmanager-configuration";
import { ServiceObservability } from "./components/service-observability";
import { locateFindings } from "./core/load/source-lines";
import { objectivesOf } from "./core/model/objectives";
import { loadProject, prepareDeployment } from "./project";
import { renderFindings } from "./core/render/findings";
import { renderInhibitions } from "./core/render/inhibitions";
import { renderJourneyTable } from "./core/render/journey-table";

/** The Pulumi program: settings -> services -> checks -> components -> stack outputs. */
export = async () => {
  const prepared = prepareDeployment(loadProject(__dirname), pulumi.getStack(), configuration());
  if ("findings" in prepared)
    throw new pulumi.RunError(`Nothing was deployed.\n\n${renderFindings(locateFindings(__dirname, prepared.findings))}`);
  const { settings, model, warnings } = prepared.value;
  if (warnings.length > 0) await pulumi.log.warn(renderFindings(warnings));
  const providers = [
    // Without it, every edited runbook would be a deletion and a creation of its ConfigMap.
    new k8s.Provider("kubernetes", { enableConfigMapMutable: true, enableServerSideApply: true }),
    ...(settings.dashboardDelivery === "grafana-api" ? [grafanaProvider(settings.grafanaUrl)] : []),
  ];
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

/** All settings of the stack by their short names. The engine passes lists and objects as JSON. */
function configuration(): Readonly<Record<string, unknown>> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), /^[[{]/.test(value) ? fromJson(value) : value]));
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // the settings say what is wrong with it
  }
}
