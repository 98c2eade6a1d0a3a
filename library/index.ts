// What a program imports as "@dark-tower/observability": what it declares, and the components that deploy it.
export { AlertmanagerConfiguration, type AlertmanagerConfigurationArgs } from "../components/alertmanager-configuration";
export { GrafanaDashboards, type GrafanaDashboardsArgs } from "../components/grafana-dashboards";
export { PrometheusRules, type PrometheusRulesArgs } from "../components/prometheus-rules";
export { RunbookConfigMaps, type RunbookConfigMapsArgs } from "../components/runbook-config-maps";
export { ServiceObservability, type DeployedService, type ServiceObservabilityArgs } from "../components/service-observability";
export { alert, type Alert, type Condition, type Severity } from "../model/alert";
export {
  withUpstreamRow,
  type Cascade,
  type Dependency,
  type ExternalDependency,
  type ExternalUpstream,
  type ServiceDependency,
} from "../model/dependency";
export { type Duration } from "../model/duration";
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
} from "../model/example";
export { type Expectation, type Telling } from "../model/expectation";
export { type Accepts } from "../model/finding";
export { latency, level, rate, type GoodDay, type LabelChoice, type Seconds, type Usual } from "../model/good-day";
export { journeyBudget, type Journey, type JourneyBudget, type JourneyPart, type JourneyStep } from "../model/journey";
export { journeyDashboard } from "../model/journey-dashboard";
export {
  counter,
  gauge,
  histogram,
  type Catalog,
  type Counter,
  type Gauge,
  type Histogram,
  type HistogramSeries,
  type Labels,
  type LabelValues,
  type Metric,
  type Series,
} from "../model/metric";
export { indexOf, type KnownSeries, type Model, type ModelIndex } from "../model/model";
export { objectivesOf, type DeployedObjective } from "../model/objectives";
export { withOverrides, type AlertOverride, type AlertOverrides } from "../model/override";
export { panel, type Dashboard, type DashboardVariable, type Panel, type PanelQuery, type Row } from "../model/panel";
export { increaseOf, promql, queryOf, where, type Matchers, type Query } from "../model/query";
export { type Receiver, type Receivers, type SecretKey, type Webhook } from "../model/receiver";
export { recordingRule, type RecordingRule } from "../model/recording-rule";
export { type Drain, type Gate, type Limit, type PromqlGate, type Rollout, type SqlGate } from "../model/rollout";
export { withRolloutDashboard } from "../model/rollout-dashboard";
export { type Fence, type Heading, type Located, type RunbookDocument, type RunbookSection } from "../model/runbook";
export { type Service } from "../model/service";
export { deploymentsOf, examplePod, podsOf, type Deployment, type Workload } from "../model/workload";
export { latencySlo, ratioSlo, type LatencySlo, type RatioSlo, type Slo } from "../model/slo";
export { withSlos } from "../model/slo-chain";
export { type Unit } from "../model/unit";
export { type Alerting } from "../render/alertmanager";
export { renderInhibitions, type AlertMatcher, type InhibitRule } from "../render/inhibitions";
export { type Links } from "../render/links";
export { writeBlocks, writeSections } from "./generated";
export { loadModel, type Declarations } from "./load-model";
