import type { Alert } from "./alert";
import type { Duration } from "./duration";
import type { Service } from "./service";

/** What one environment changes about an alert. */
export interface AlertOverride {
  /** In the unit of the alert's panel. */
  readonly threshold?: number | undefined;
  readonly for?: Duration | undefined;
}

/** The overrides of one environment, by the alerts' names. */
export type AlertOverrides = Readonly<Record<string, AlertOverride>>;

/** The service with the overrides applied; names that it does not have are left to others. */
export function withOverrides(service: Service, overrides: AlertOverrides): Service {
  return { ...service, alerts: service.alerts.map((alert) => override(alert, overrides[alert.name])) };
}

function override(alert: Alert, change: AlertOverride | undefined): Alert {
  if (!change) return alert;
  return { ...alert, declared: alert, when: moved(alert.when, change.threshold), for: change.for ?? alert.for };
}

function moved(when: Alert["when"], threshold: number | undefined): Alert["when"] {
  if (threshold === undefined || "expression" in when) return when;
  return "above" in when ? { above: threshold } : { below: threshold };
}
