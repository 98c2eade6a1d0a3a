import { z } from "zod";
import { isDuration } from "./model/duration";
import type { Finding, Result } from "./model/finding";
import { withOverrides } from "./model/override";
import type { Service } from "./model/service";
import { didYouMean } from "./model/suggestion";

const namespaceForm = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const labelForm = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

const webAddress = z
  .string()
  .refine((text) => /^https?:\/\/[^/\s]+/.test(text) && URL.canParse(text), {
    error: 'must be an address with http:// or https://, such as "https://grafana.example.com".',
  })
  .transform((text) => text.replace(/\/+$/, ""));

const alertOverride = z.strictObject(
  {
    threshold: z.number("must be a number, in the unit of the alert's panel.").optional(),
    for: z.string().refine(isDuration, { error: 'must be a duration such as "30s", "5m" or "1h".' }).optional(),
  },
  { error: "takes threshold and for." },
);

const schema = z.strictObject({
  monitoringNamespace: z.string().regex(namespaceForm, {
    error: "must be a Kubernetes namespace: at most 63 lower-case letters, digits and dashes, with no dash at either end.",
  }),
  grafanaUrl: webAddress,
  runbookBaseUrl: webAddress,
  dashboardDelivery: z.enum(["grafana-api", "configmap"], { error: 'must be "grafana-api" or "configmap".' }),
  ruleSelectorLabels: z.record(
    z.string(),
    z
      .string()
      .regex(labelForm, { error: "must be a Kubernetes label value: at most 63 letters, digits, dots, dashes and underscores." }),
    {
      error: 'must be an object of labels, such as {"release": "kube-prometheus-stack"}.',
    },
  ),
  alertmanager: z.enum(["operator", "plain"], { error: 'must be "operator" or "plain".' }),
  services: z.array(z.string(), { error: "must be a list of service ids." }),
  alertOverrides: z.record(z.string(), alertOverride, {
    error: 'must be an object by alert name, such as {"MCHighMailboxDepth": {"threshold": 200}}.',
  }),
});

/** What one environment sets; Pulumi.yaml describes every key and holds its default. The Grafana token is not among them. */
export type Settings = z.infer<typeof schema>;

/** The keys that an environment may set, secrets included. */
export const settingKeys: readonly string[] = [...Object.keys(schema.shape), "grafanaToken"];

/** The settings in `values`, or what is wrong with them; `file` is where the reader finds them. */
export function readSettings(values: Readonly<Record<string, unknown>>, file: string): Result<Settings> {
  const { grafanaToken: _secret, ...plain } = values;
  const result = schema.safeParse(plain);
  if (result.success) return { value: result.data };
  const findings = result.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => fault(file, [...issue.path, key], unknownKey(key, issue.path)));
    }
    const missing = issue.code === "invalid_type" && issue.input === undefined && issue.message.startsWith("Invalid input");
    return [fault(file, issue.path, missing ? "is missing." : issue.message)];
  });
  return { findings };
}

/** The services that the settings choose, with their overrides, or what is wrong with the choice. */
export function selectServices(all: readonly Service[], settings: Settings, file: string): Result<readonly Service[]> {
  const ids = all.map(({ id }) => id);
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
            `there is no alert of this name.${didYouMean(
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
  if (settings.services.length === 0 && Object.keys(settings.alertOverrides).length === 0) return { value: all };
  const value = all
    .filter(({ id }) => settings.services.length === 0 || settings.services.includes(id))
    .map((service) => withOverrides(service, settings.alertOverrides));
  return { value };
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  if (path.length > 0) return "takes threshold and for.";
  return `is no setting. There are ${settingKeys.join(", ")}.${didYouMean(key, settingKeys)}`;
}

function fault(file: string, path: readonly PropertyKey[], message: string): Finding {
  return { check: "settings", severity: "error", subject: { file, name: path.map(String).join(".") }, message };
}
