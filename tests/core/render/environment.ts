import type { ResolvedEnvironment } from "../../../core/render/environment";

/** Where the tests' alerts lead. */
export const environment: ResolvedEnvironment = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
  tags: ["dark-tower"],
};
