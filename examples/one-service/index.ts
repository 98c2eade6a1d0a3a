import * as pulumi from "@pulumi/pulumi";
import { ServiceObservability } from "@dark-tower/observability";
import { checks, locateFindings, renderFindings, runChecks } from "@dark-tower/observability/checks";
import { model } from "./model";
import { mail } from "./services/mail";

export = async () => {
  const chain = model();
  const { findings } = runChecks(chain, checks);
  if (findings.length > 0) throw new pulumi.RunError(renderFindings(locateFindings(__dirname, findings)));
  const config = new pulumi.Config();
  const links = {
    monitoringNamespace: "monitoring",
    grafanaUrl: config.require("grafanaUrl"),
    runbookBaseUrl: config.require("runbookBaseUrl"),
  };
  const { deployed } = new ServiceObservability(mail.id, {
    service: mail,
    model: chain,
    links,
    namespace: links.monitoringNamespace,
    dashboardDelivery: "configmap",
    ruleSelectorLabels: {},
  });
  return { services: { mail: deployed } };
};
