import { z } from "zod";
import { allowedReceivers, receivers } from "./core/load/receivers-setting";
import { runbookSite } from "./core/load/runbook-site-setting";
import { severities } from "./core/model/alert";
import { isDuration } from "./core/model/duration";
import { notExternal } from "./core/model/installation";
import type { Finding, Result } from "./core/model/finding";
import { withOverrides } from "./core/model/override";
import { renderers } from "./core/model/renderer";
import { privacyObjection } from "./core/model/privacy";
import type { Service } from "./core/model/service";
import { didYouMean } from "./core/model/suggestion";

const namespaceForm = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const labelNameForm = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
/** Prometheus keeps names that begin with two underscores for itself; le and quantile tell the series of one metric apart. */
const labelForm = /^(?!__|(?:le|quantile|alertname)$)[A-Za-z_][A-Za-z0-9_]*$/;
const labelValueForm = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** What is allowed, in words: said of a value of another type as of one in another form. */
const allowed = {
  namespace: "must be a Kubernetes namespace: at most 63 lower-case letters, digits and dashes, with no dash at either end.",
  renderer: `must be one of ${renderers.join(", ")}.`,
  clusterUid: "must be the uid of the cluster's namespace kube-system, or empty for any cluster.",
  credentials: "must hold no user and no password: every alert carries this address.",
  address: 'must be an address with http:// or https://, without ? and #, such as "https://grafana.example.com".',
  placeholder: "must be the address itself: nothing fills in ${…}, {{…}} or <…>.",
  prometheusService: 'must name a Kubernetes Service and its port, such as "prometheus-operated:9090".',
  delivery: 'must be "grafana-api" or "configmap".',
  scrape: 'must be "pod-monitor", "scrape-config" or "none".',
  rules: 'must be "operator" or "configmap".',
  alertmanager: 'must be "operator", "plain" or "fragment".',
  versions:
    'must be an object of versions, such as {"prometheus": "2.55", "operator": "0.85"}, of prometheus, alertmanager, operator, thanosRuler or grafana.',
  version: 'must be a version, such as "2.55" or "v2.55.1", as text.',
  yesOrNo: "must be true or false.",
  labels: 'must be an object of Kubernetes labels, such as {"release": "kube-prometheus-stack"}.',
  labelValue: "must be a Kubernetes label value: at most 63 letters, digits, dots, dashes and underscores.",
  datasource: "must be the uid of a Grafana data source, or empty for Grafana's default.",
  features: "must be a list of promql-experimental-functions and promql-binop-fill-modifiers, or of one of them.",
  personalLabel: "must name no label that tells of persons or carries credentials: every series would have it.",
  seriesLabels: 'must be a list of label names, such as ["namespace", "pod", "cluster"].',
  externalLabels: `must be an object of labels and their values, such as {"cluster": "eu-1"}, and none of ${notExternal.join(", ")}.`,
  services: "must be a list of service ids.",
  overrides: 'must be an object by alert name, such as {"MCHighMailboxDepth": {"threshold": 200}}.',
  override: "takes threshold and for.",
  threshold: "must be a number, in the unit of the alert's panel.",
  duration: 'must be a duration such as "30s", "5m" or "1h".',
} as const;

const webAddress = z
  .string(allowed.address)
  .refine((text) => /^https?:\/\/[^/\s?#]+[^\s?#]*$/.test(text) && URL.canParse(text), allowed.address)
  .refine((text) => !/[{}<>$|^`"]/.test(text), allowed.placeholder)
  .refine((text) => !/^https?:\/\/[^/]*@/.test(text), allowed.credentials)
  .transform((text) => text.replace(/\/+$/, ""));

const alertOverride = z.strictObject(
  {
    threshold: z.number(allowed.threshold).optional(),
    for: z.string(allowed.duration).refine(isDuration, allowed.duration).optional(),
  },
  allowed.override,
);

const version = z.string(allowed.version).regex(/^v?\d+\.\d+(\.\d+)?$/, allowed.version);

/** The official CLI passes it as text. */
const yesOrNo = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")], allowed.yesOrNo);

const schema = z.strictObject({
  createNamespace: yesOrNo,
  lookForDefinitions: yesOrNo,
  monitoringNamespace: z.string(allowed.namespace).regex(namespaceForm, allowed.namespace),
  prometheusService: z
    .string(allowed.prometheusService)
    .regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?:[1-9][0-9]{0,4}$/, allowed.prometheusService)
    .refine((text) => Number(text.split(":")[1]) <= 65_535, allowed.prometheusService),
  clusterUid: z.string(allowed.clusterUid).regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/, allowed.clusterUid),
  grafanaUrl: webAddress,
  runbookBaseUrl: webAddress,
  runbookRenderer: z.enum(renderers, allowed.renderer),
  dashboardDelivery: z.enum(["grafana-api", "configmap"], allowed.delivery),
  ruleSelectorLabels: z.record(
    z.string().regex(labelNameForm),
    z.string(allowed.labelValue).regex(labelValueForm, allowed.labelValue),
    allowed.labels,
  ),
  datasourceUid: z.string(allowed.datasource).regex(/^[A-Za-z0-9_-]{0,40}$/, allowed.datasource),
  prometheusFeatures: z.array(
    z.enum(["promql-experimental-functions", "promql-binop-fill-modifiers"], allowed.features),
    allowed.features,
  ),
  seriesLabels: z.array(
    z
      .string(allowed.seriesLabels)
      .regex(labelForm, allowed.seriesLabels)
      .refine((label) => privacyObjection(label) === undefined, allowed.personalLabel),
    allowed.seriesLabels,
  ),
  workloadNamespace: z
    .string(allowed.namespace)
    .refine((text) => text === "" || namespaceForm.test(text), allowed.namespace)
    .transform((text) => (text === "" ? undefined : text)),
  externalLabels: z.record(
    z
      .string()
      .regex(labelForm)
      .refine((label) => !notExternal.includes(label) && privacyObjection(label) === undefined),
    z.string(allowed.externalLabels).min(1, allowed.externalLabels),
    allowed.externalLabels,
  ),
  prometheusRetention: z.string(allowed.duration).refine(isDuration, allowed.duration),
  versions: z.strictObject(
    {
      prometheus: z.exactOptional(version),
      alertmanager: z.exactOptional(version),
      operator: z.exactOptional(version),
      thanosRuler: z.exactOptional(version),
      grafana: z.exactOptional(version),
    },
    allowed.versions,
  ),
  scrape: z.enum(["pod-monitor", "scrape-config", "none"], allowed.scrape),
  rules: z.enum(["operator", "configmap"], allowed.rules),
  alertmanager: z.enum(["operator", "plain", "fragment"], allowed.alertmanager),
  receivers,
  runbookSite,
  services: z.array(z.string(allowed.services), allowed.services),
  alertOverrides: z.record(z.string(), alertOverride, allowed.overrides),
});

/** What one environment sets; Pulumi.yaml describes every key and holds its default. The Grafana token is not among them. */
export type Settings = z.infer<typeof schema>;

/** The keys that an environment may set, secrets included. */
export const settingKeys: readonly string[] = [...Object.keys(schema.shape), "grafanaToken"];

/** The settings in `values`, or what is wrong with them; `file` is where the reader finds them. */
export function readSettings(values: Readonly<Record<string, unknown>>, file: string): Result<Settings> {
  const { grafanaToken: _secret, ...plain } = values;
  const hidden = placesOf(plain).filter((path) => path.at(-1) === "__proto__");
  if (hidden.length > 0) return { findings: hidden.map((path) => fault(file, path, "is no name that can be set.")) };
  const result = schema.safeParse(plain, { reportInput: true });
  if (result.success) return withRunbookSite(result.data, file);
  const findings = result.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => fault(file, [...issue.path, key], unknownKey(key, issue.path)));
    }
    return [fault(file, issue.path, issue.input === undefined ? "is missing." : issue.message)];
  });
  return { findings };
}

/** Every key of a value, as a path. JavaScript would pass over one that is named as its prototype. */
function placesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...placesOf(inner).map((path) => [key, ...path])]);
}

/** With the pages of the runbooks in the cluster, the alerts lead there. */
function withRunbookSite(settings: Settings, file: string): Result<Settings> {
  const { runbookSite: site, runbookBaseUrl } = settings;
  if (site === undefined) return { value: settings };
  const pages = `https://${site.host}/runbooks`;
  if (runbookBaseUrl === pages || new URL(runbookBaseUrl).hostname === "localhost")
    return { value: { ...settings, runbookBaseUrl: pages } };
  const message = `is ${runbookBaseUrl}, but runbookSite shows the runbooks at ${pages}. Leave it out.`;
  return { findings: [fault(file, ["runbookBaseUrl"], message)] };
}

/** What an environment makes of the declared services. */
export interface Selection {
  /** All of them: a chain across services is checked as a whole. */
  readonly services: readonly Service[];
  /** Those that are deployed. */
  readonly chosen: readonly Service[];
}

/** All services with the overrides, and those of them that the settings choose; or what is wrong with the settings. */
export function applySettings(all: readonly Service[], settings: Settings, file: string): Result<Selection> {
  const ids = all.filter((service) => !isWatchdog(service)).map(({ id }) => id);
  const alerts = all.flatMap((service) => service.alerts);
  const faults = [
    ...settings.services
      .filter((id) => !ids.includes(id))
      .map((id) => fault(file, ["services"], `"${id}" is no service. There are ${ids.join(", ")}.${didYouMean(id, ids)}`)),
    ...Object.entries(settings.alertOverrides).flatMap(([name, { threshold }]) => {
      const alert = alerts.find((candidate) => candidate.name === name);
      if (!alert) {
        return [
          fault(
            file,
            ["alertOverrides", name],
            `there is no alert of this name in ${ids.join(", ")}.${didYouMean(
              name,
              alerts.map((known) => known.name),
            )}`,
          ),
        ];
      }
      return threshold !== undefined && "expression" in alert.when
        ? [
            fault(
              file,
              ["alertOverrides", name],
              "this alert has an expression of its own and no threshold to override; only `for` can be set.",
            ),
          ]
        : [];
    }),
  ];
  if (faults.length > 0) return { findings: faults };
  const services =
    Object.keys(settings.alertOverrides).length === 0
      ? all
      : all.map((service) => withOverrides(service, settings.alertOverrides));
  return { value: { services, chosen: services.filter((service) => isChosen(service, settings)) } };
}

/** What always fires is deployed exactly where somebody listens for it. */
function isChosen(service: Service, { services, receivers }: Settings): boolean {
  if (isWatchdog(service)) return receivers.watchdog !== undefined;
  return services.length === 0 || services.includes(service.id);
}

function isWatchdog({ alerts }: Service): boolean {
  return alerts.some(({ severity }) => severity === "none");
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  if (path[0] === "versions") return allowed.versions;
  if (path[0] === "receivers" && path.length > 1)
    return path[1] === "watchdog" ? allowedReceivers.watchdog : allowedReceivers.receiver;
  if (path[0] === "receivers")
    return `is no severity. There are ${severities.join(", ")}, and watchdog.${didYouMean(key, [...severities, "watchdog"])}`;
  if (path.length > 0) return allowed.override + didYouMean(key, Object.keys(alertOverride.shape));
  return `is no setting. There are ${settingKeys.join(", ")}.${didYouMean(key, settingKeys)}`;
}

function fault(file: string, path: readonly PropertyKey[], message: string): Finding {
  return { check: "settings", severity: "error", subject: { file, name: path.map(String).join(".") }, message };
}
