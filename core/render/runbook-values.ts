import { indexOf, type Model } from "../model/model";
import { runbookService, type RunbookDocument } from "../model/runbook";

/** What a stack knows of its installation. */
export interface Installation {
  readonly monitoringNamespace: string;
  /** `name:port` of a Kubernetes Service in that namespace. */
  readonly prometheusService: string;
}

/**
 * The runbooks with commands for this installation: the block `bash values=stack` of each gets its values, as shell
 * variables. The model's own where nothing changes.
 */
export function withStackValues(model: Model, installation: Installation): readonly RunbookDocument[] {
  const { services } = indexOf(model);
  const runbooks = model.runbooks.map((document) => {
    const namespace = services.get(runbookService(document.path))?.workload?.namespace;
    const text = namespace === undefined ? document.text : writeValues(document, { ...installation, namespace });
    return text === document.text ? document : { ...document, text };
  });
  return runbooks.every((document, index) => document === model.runbooks[index]) ? model.runbooks : runbooks;
}

function writeValues({ text, fences }: RunbookDocument, installation: Installation & { readonly namespace: string }): string {
  const { namespace, monitoringNamespace, prometheusService } = installation;
  const [service = "", port = ""] = prometheusService.split(":");
  const values = {
    NAMESPACE: namespace,
    MONITORING_NAMESPACE: monitoringNamespace,
    PROMETHEUS_SERVICE: service,
    PROMETHEUS_PORT: port,
    PROMETHEUS_URL: "http://localhost:9090", // where the port is forwarded to
  };
  const lines = text.split("\n");
  for (const { attributes, line, lastLine } of [...fences].reverse()) {
    if (attributes["values"] !== "stack") continue;
    lines.splice(line, lastLine - line - 1, ...Object.entries(values).map(([name, value]) => `export ${name}=${value}`));
  }
  return lines.join("\n");
}
