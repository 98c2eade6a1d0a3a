import * as pulumi from "@pulumi/pulumi";
import { ServiceObservability } from "@dark-tower/observability";
import { checkModel, checks, locateFindings, renderFindings } from "@dark-tower/observability/checks";
import { model } from "./model";
import { mail } from "./services/mail";

export = async () => {
  const declared = model();
  const { findings, checked } = checkModel(declared, checks);
  if (checked === undefined) throw new pulumi.RunError(renderFindings(locateFindings(__dirname, findings, declared)));
  const config = new pulumi.Config();
  const { deployed } = new ServiceObservability(mail.id, {
    service: mail,
    model: checked,
    environment: {
      namespace: "monitoring",
      grafanaUrl: config.require("grafanaUrl"),
      runbookBaseUrl: config.require("runbookBaseUrl"),
    },
  });
  return { services: { mail: deployed } };
};
