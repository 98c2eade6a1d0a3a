import type { Links } from "../../../core/render/links";

/** Where the tests' alerts lead. */
export const links: Links = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
  tags: ["dark-tower"],
};
