import type { Matcher } from "./promql-syntax";

/** While an alert matches the source, those that match the target and are equal in some labels notify nobody. */
export interface Inhibition {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

/** Who is told of what: the matchers of a route with those of all routes above it. */
export interface AlertRoute {
  readonly matchers: readonly Matcher[];
  /** The labels by whose values alerts are told together, where the route itself lists them. */
  readonly groupedBy?: readonly string[];
  readonly receiver: string;
}

/** Who is told, and in which words. */
export interface AlertReceiver {
  readonly name: string;
  /** What of it is a template or an address. None when left out. */
  readonly texts?: readonly string[];
}

/** What an Alertmanager is told: each inhibition and route, and whatever else is known of it, such as where it stands. */
export interface Alerting<More = unknown> {
  readonly inhibitions: readonly (Inhibition & More)[];
  readonly routes: readonly (AlertRoute & More)[];
  readonly receivers: readonly (AlertReceiver & More)[];
}

/** As Alertmanager writes it: `alertname=~"A|B"`. */
export function describeMatcher({ label, op, value }: Matcher): string {
  return `${label}${op}${JSON.stringify(value)}`;
}
