// The vocabulary in which services are declared: one import for all of it.
export { type Alert, type Condition, type Severity } from "./alert";
export { burnsOf, cascadesOf } from "./cascades";
export { alert } from "./declared-alert";
export { service, type ServiceSpec } from "./declared-service";
export {
  dependenciesOf,
  type Cascade,
  type Dependency,
  type ExternalDependency,
  type ExternalUpstream,
  type ServiceDependency,
  type Upstream,
} from "./dependency";
export { type Duration } from "./duration";
export {
  counterValues,
  fires,
  observations,
  quiet,
  series,
  type Example,
  type FiringExample,
  type InputSeries,
  type QuietExample,
  type SeriesLabels,
} from "./example";
export { type Expectation, type Telling } from "./expectation";
export { type Accepts } from "./finding";
export { latency, level, rate, type GoodDay, type LabelChoice, type Seconds, type Usual } from "./good-day";
export { journeyBudget, type Journey, type JourneyBudget, type JourneyPart, type JourneyStep } from "./journey";
export { journeyDashboard } from "./journey-dashboard";
export { expression, increaseBy, maxBy, minBy, quantile, rateBy, ratio, sumBy, type Measure } from "./measure";
export {
  counter,
  gauge,
  histogram,
  nativeHistogram,
  type Catalog,
  type Counter,
  type Gauge,
  type Histogram,
  type HistogramSeries,
  type Labels,
  type LabelValues,
  type Metric,
  type NativeHistogram,
  type Series,
} from "./metric";
export { type Part } from "./part";
export {
  dashboard,
  labelValues,
  panel,
  type Dashboard,
  type DashboardVariable,
  type Panel,
  type PanelQuery,
  type Row,
} from "./panel";
export { increaseOf, not, promql, queryOf, where, type Matchers, type Query } from "./query";
export { recordingRule, type RecordingRule } from "./recording-rule";
export { type Drain, type Gate, type Limit, type PromqlGate, type Rollout, type SqlGate } from "./rollout";
export { type Fence, type Heading, type Located, type RunbookDocument, type RunbookSection } from "./runbook";
export { type Service } from "./service";
export { latencySlo, ratioSlo, type LatencySlo, type RatioSlo, type Slo } from "./slo";
export { actorAlerts, actorPart, type ActorAlerts } from "./standard/actor-alerts";
export { actorMetrics, actorPanels, actorRow } from "./standard/actors";
export { heartbeatAlerts, heartbeatPart, type HeartbeatAlerts } from "./standard/heartbeat-alerts";
export { heartbeatMetrics, heartbeatPanels, heartbeatRow, type Registration } from "./standard/heartbeats";
export { platform } from "./standard/platform";
export { instancesUp, upstream } from "./standard/scraping";
export { healthRow, resourceRow, workloadAlerts, workloadPanels, workloadPart, type WorkloadAlerts } from "./standard/workload";
export { thresholds } from "./thresholds";
export { type Unit } from "./unit";
export { deploymentsOf, examplePod, podsOf, type Deployment, type Workload } from "./workload";
