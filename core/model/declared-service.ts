import { declared } from "./declaration";
import type { Alert, Severity } from "./alert";
import { withUpstreamRow, type Upstream } from "./dependency";
import type { GoodDay } from "./good-day";
import type { Catalog } from "./metric";
import { withPartRows, type Part } from "./part";
import { panelsOf, type Dashboard, type PanelQuery } from "./panel";
import type { RecordingRule } from "./recording-rule";
import { withRolloutDashboard } from "./rollout-dashboard";
import type { RunbookSection } from "./runbook";
import type { Service } from "./service";
import type { Slo } from "./slo";
import { withSlos } from "./slo-chain";
import { withBlindness } from "./standard/blindness";

/** The alerts on one panel, by their severities. */
type Thresholds = Readonly<Partial<Record<Severity, Alert>>>;

/** What a service declares: records where its other files refer to things by name. What it leaves out, it has none of. */
export interface ServiceSpec extends Pick<Service, "title" | "workload" | "situations" | "rollout"> {
  /** What its instances export when all is well, beside what its parts do. */
  readonly goodDay?: Omit<GoodDay, "background"> & Partial<Pick<GoodDay, "background">>;
  /** How its metric names begin. `mc_` of the service `mc` when left out. */
  readonly metricPrefix?: string;
  /** How its alert names begin. The name of its workload, or its id with a capital, when left out. */
  readonly alertPrefix?: string;
  readonly metrics?: Catalog;
  /** What it has as others of its kind: their metrics, alerts, and rows of its first dashboard are its own. */
  readonly parts?: Readonly<Record<string, Part>>;
  readonly dashboards?: readonly Dashboard[];
  /** Those that no measure brings with it. */
  readonly recordingRules?: Readonly<Record<string, RecordingRule>>;
  /** Each by a name of your own, those of several `thresholds` together. */
  readonly alerts?: Readonly<Record<string, Alert | Thresholds>>;
  readonly slos?: Readonly<Record<string, Slo>>;
  /** On whom it depends, by their ids. */
  readonly upstreams?: Readonly<Record<string, Upstream>>;
  /** Where the alerts lead that tell when other alerts are blind: metrics that are gone, traffic that is no longer counted. None are made when left out. */
  readonly blindAlerts?: RunbookSection;
}

/**
 * Declares a service, with all that follows from what it says: the rules that its measures record; rules, alerts and panels of
 * its objectives; the dashboard of its rollout; alerts on its own blindness; and a row that shows its upstreams.
 */
export function service(id: string, spec: ServiceSpec): Service {
  const { metricPrefix, alertPrefix, metrics = {}, recordingRules = {}, alerts = {}, slos = {}, ...rest } = spec;
  const { upstreams = {}, blindAlerts, goodDay, parts: named = {}, dashboards: own = [], situations, ...plain } = rest;
  const parts = Object.values(named);
  const background = parts.flatMap((part) => part.background);
  const expected = Object.fromEntries([...parts, { situations }].flatMap((one) => Object.entries(one.situations ?? {})));
  const dashboards = withPartRows(own, parts);
  const written: Service = {
    id,
    metricPrefix: metricPrefix ?? `${id}_`,
    alertPrefix: alertPrefix ?? spec.workload?.name ?? id.charAt(0).toUpperCase() + id.slice(1),
    ...plain,
    ...((goodDay ?? background[0]) && {
      goodDay: { traffic: [], ...goodDay, background: [...(goodDay?.background ?? []), ...background] },
    }),
    ...(Object.keys(expected).length > 0 && { situations: expected }),
    metrics: {
      ...metrics,
      ...Object.fromEntries(parts.flatMap((part) => Object.values(part.metrics)).map((one) => [one.name, one])),
    },
    dashboards,
    recordingRules: [...new Set([...Object.values(recordingRules), ...dashboards.flatMap(recorded)])],
    alerts: [
      ...parts.flatMap((part) => Object.values(part.alerts)),
      ...Object.values(alerts).flatMap((each) => (isAlert(each) ? [each] : Object.values(each))),
    ],
    slos: Object.values(slos),
    upstreams,
  };
  const withObjectives = withSlos(written);
  const seeing = blindAlerts ? withBlindness(withObjectives, blindAlerts) : withObjectives;
  return declared(withUpstreamRow(withRolloutDashboard(seeing)));
}

function isAlert(one: Alert | Thresholds): one is Alert {
  return "panel" in one;
}

function recorded(dashboard: Dashboard): readonly RecordingRule[] {
  return panelsOf(dashboard)
    .flatMap(({ queries }) => Object.values<PanelQuery>(queries))
    .flatMap(({ measure }) => measure?.recording ?? []);
}
