import type { Severity } from "./alert";

/** A key of a Kubernetes Secret; what is in it never passes through this program. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** Where notifications of one severity go. */
export type Receiver =
  | { readonly type: "pagerduty"; readonly routingKey: SecretKey }
  | { readonly type: "slack"; readonly url: SecretKey; readonly channel: string }
  | { readonly type: "webhook"; readonly url: SecretKey };

/** The receivers of an environment. Alerts of a severity without one notify nobody. */
export type Receivers = Readonly<Partial<Record<Severity, Receiver>>>;
