import type { Alert } from "./alert";
import type { Upstream } from "./dependency";
import type { Expectation } from "./expectation";
import type { Subject } from "./finding";
import type { GoodDay } from "./good-day";
import type { Catalog } from "./metric";
import type { Dashboard } from "./panel";
import type { RecordingRule } from "./recording-rule";
import type { Rollout } from "./rollout";
import type { Slo } from "./slo";
import type { Workload } from "./workload";

/** Everything that one service declares. */
export interface Service {
  /** Short and lower-case; the name of its folders in `services/` and `runbooks/`. */
  readonly id: string;
  readonly title: string;
  /** How its metric names begin, such as `mc_`. */
  readonly metricPrefix: string;
  /** How its alert names begin, such as `MC`. */
  readonly alertPrefix: string;
  /** What runs it. Absent where nothing runs, as for dashboards across services. */
  readonly workload?: Workload;
  readonly metrics: Catalog;
  readonly dashboards: readonly Dashboard[];
  readonly recordingRules: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
  readonly slos: readonly Slo[];
  /** What its instances export when all is well: what simulations of it begin with. */
  readonly goodDay?: GoodDay;
  /** Standard situations of which something else must come than of those of other services, and why. */
  readonly situations?: Readonly<Record<string, { readonly expect: Expectation; readonly because: string }>>;
  /** On whom it depends, by their ids. */
  readonly upstreams?: Readonly<Record<string, Upstream>>;
  /** How it is deployed; absent where a plain rolling update is enough. */
  readonly rollout?: Rollout;
}

/** The file of a service in which its owner finds the named thing. */
export function subjectIn(
  service: Service,
  file: "metrics" | "dashboards" | "alerts" | "recording-rules" | "slos" | "rollout" | "index",
  named: { readonly name: string; readonly accepts?: Subject["accepts"] },
): Subject {
  return { file: `services/${service.id}/${file}.ts`, name: named.name, accepts: named.accepts };
}

/**
 * A test of whether a name begins as those of some service do and goes on as `rest` says. It costs the same with a
 * thousand services as with two.
 */
export function startsLikeOneOf(prefixes: Iterable<string>, rest: RegExp): (name: string) => boolean {
  const known = new Set(prefixes);
  const lengths = new Set([...known].map((prefix) => prefix.length));
  return (name) => [...lengths].some((length) => known.has(name.slice(0, length)) && rest.test(name.slice(length)));
}
