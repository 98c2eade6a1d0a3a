import type { Service } from "../model/service";

/** The labels of everything that is deployed for a service, in Kubernetes' recommended words. */
export function objectLabels(service: Pick<Service, "id">, partOf: string): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/name": service.id,
    "app.kubernetes.io/component": "observability",
    "app.kubernetes.io/part-of": partOf,
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
