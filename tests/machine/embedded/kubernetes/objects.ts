// Objects as the program gives them to the Kubernetes provider: right, but for what a test changes.
export const metadata = { name: "mc", namespace: "observability" };
export const configMap = (extra: object) => ({ apiVersion: "v1", kind: "ConfigMap", metadata, ...extra });
export const rule = (extra: object) => ({ alert: "MCDown", expr: "up == 0", ...extra });
export const rules = (...groups: object[]) => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata,
  spec: { groups },
});
export const oneRule = (extra: object) => rules({ name: "mc", rules: [rule(extra)] });
export const inhibitions = (inhibitRule: object) => ({
  apiVersion: "monitoring.coreos.com/v1alpha1",
  kind: "AlertmanagerConfig",
  metadata,
  spec: { inhibitRules: [inhibitRule] },
});

export const types = {
  ConfigMap: "kubernetes:core/v1:ConfigMap",
  Secret: "kubernetes:core/v1:Secret",
  PrometheusRule: "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
  AlertmanagerConfig: "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig",
} as const;
