import * as pulumi from "@pulumi/pulumi";
import { AlertmanagerConfiguration } from "./components/alertmanager-configuration";
import { grafanaProvider, kubernetesProvider, requireCluster } from "./components/cluster";
import { ServiceObservability } from "./components/service-observability";
import { locateFindings } from "./core/load/source-lines";
import { journeysOf, objectivesOf } from "./core/model/objectives";
import { objectLabels } from "./core/render/object-labels";
import { renderFindings } from "./core/render/findings";
import { renderInhibitions } from "./core/render/inhibitions";
import { loadProject, prepareDeployment } from "./project";

const namePrefix = "dark-tower-";
const partOf = "dark-tower";

/** The Pulumi program: settings -> services -> checks -> components -> stack outputs. */
export = async () => {
  const prepared = prepareDeployment(loadProject(__dirname), pulumi.getStack(), configuration());
  if ("findings" in prepared)
    throw new pulumi.RunError(`Nothing was deployed.\n\n${renderFindings(locateFindings(__dirname, prepared.findings))}`);
  const { settings, model, warnings } = prepared.value;
  if (warnings.length > 0) await pulumi.log.warn(renderFindings(warnings));
  const kubernetes = kubernetesProvider(settings.kubernetesContext);
  const found = await requireCluster(settings, kubernetes);
  const providers = [kubernetes, ...(settings.dashboardDelivery === "grafana-api" ? [grafanaProvider(settings.grafanaUrl)] : [])];
  const options = { providers, dependsOn: found };
  const { monitoringNamespace: namespace, ruleSelectorLabels: selectorLabels, receivers } = settings;
  const deployed = model.services.map((service) => {
    const { deployed: outputs } = new ServiceObservability(
      service.id,
      {
        service,
        model,
        environment: { ...settings, namespace },
        dashboardDelivery: settings.dashboardDelivery,
        ruleTarget: settings.rules,
        ruleLabels: selectorLabels,
        namePrefix,
        partOf,
        folder: `Dark Tower ${service.title}`,
      },
      options,
    );
    return [service.id, outputs] as const;
  });
  new AlertmanagerConfiguration(
    "alertmanager",
    {
      inhibitions: renderInhibitions(model, receivers),
      receivers,
      namespace,
      target: settings.alertmanager,
      objectName: `${namePrefix}alertmanager`,
      labels: { ...objectLabels({ id: "alertmanager" }, partOf), ...selectorLabels },
    },
    options,
  );
  return { services: Object.fromEntries(deployed), objectives: objectivesOf(model), journeys: journeysOf(model) };
};

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
