import * as pulumi from "@pulumi/pulumi";
import { loadModel, ServiceObservability } from "@dark-tower/observability";
import { checks, locateFindings, renderFindings, runChecks } from "@dark-tower/observability/checks";
import { mail } from "./services/mail";

export = async () => {
  const model = loadModel(__dirname, { services: [mail] });
  const { findings } = runChecks(model, checks);
  if (findings.length > 0) throw new pulumi.RunError(renderFindings(locateFindings(__dirname, findings)));
  const config = new pulumi.Config();
  const links = {
    monitoringNamespace: "monitoring",
    grafanaUrl: config.require("grafanaUrl"),
    runbookBaseUrl: config.require("runbookBaseUrl"),
  };
  const { deployed } = new ServiceObservability(mail.id, {
    service: mail,
    model,
    links,
    namespace: links.monitoringNamespace,
    dashboardDelivery: "configmap",
    ruleSelectorLabels: {},
  });
  return { services: { mail: deployed } };
};
