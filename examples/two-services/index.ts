import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as grafana from "@pulumiverse/grafana";
import { AlertmanagerConfiguration, renderInhibitions, ServiceObservability } from "@dark-tower/observability";
import { checkModel, checks, locateFindings, renderFindings } from "@dark-tower/observability/checks";
import { model } from "./model";
import { mail } from "./services/mail";
import { sms } from "./services/sms";

export = async () => {
  const declared = model();
  const { findings, checked } = checkModel(declared, checks);
  if (checked === undefined) throw new pulumi.RunError(renderFindings(locateFindings(__dirname, findings, declared)));
  const config = new pulumi.Config();
  const kubernetes = new k8s.Provider("kubernetes", { enableConfigMapMutable: true, enablePatchForce: true });
  const namespace = new k8s.core.v1.Namespace(
    "monitoring",
    { metadata: { name: "relays-monitoring" } },
    { provider: kubernetes },
  );

  // Whoever runs Grafana says where it is; the token comes from an ESC environment, which the stack's file imports.
  const platform = config.get("platformStack");
  const grafanaUrl =
    platform === undefined || platform === ""
      ? config.require("grafanaUrl")
      : new pulumi.StackReference(platform).requireOutput("grafanaUrl").apply(String);
  const auth = config.getSecret("grafanaToken");
  const grafanas = auth ? [new grafana.Provider("grafana", { url: grafanaUrl, auth })] : [];

  const environment = {
    namespace: namespace.metadata.name,
    grafanaUrl,
    runbookBaseUrl: config.require("runbookBaseUrl"),
  };
  const options = { providers: [kubernetes, ...grafanas] };
  const dashboardDelivery = auth ? "grafana-api" : "configmap";
  const shared = { model: checked, environment, dashboardDelivery, scrapeTarget: "pod-monitor" } as const;
  const services = [
    new ServiceObservability("mail", { ...shared, service: mail, namePrefix: "invitations-" }, options),
    new ServiceObservability("sms", { ...shared, service: sms, namePrefix: "reminders-", folder: "Reminders" }, options),
  ];
  new AlertmanagerConfiguration(
    "alerting",
    { inhibitions: renderInhibitions(checked), namespace: namespace.metadata.name, objectName: "relays" },
    options,
  );
  return { mail: services[0]?.deployed, sms: services[1]?.deployed };
};
