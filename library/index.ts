// What a program imports as "@dark-tower/observability": what it declares, and the components that deploy it.
export { AlertmanagerConfiguration, type AlertmanagerConfigurationArgs } from "../components/alertmanager-configuration";
export { type Environment } from "../components/environment";
export { FileObservability, type FileObservabilityArgs } from "../components/file-observability";
export { GrafanaDashboards, type GrafanaDashboardsArgs } from "../components/grafana-dashboards";
export { PrometheusRules, type PrometheusRulesArgs } from "../components/prometheus-rules";
export { RunbookConfigMaps, type RunbookConfigMapsArgs } from "../components/runbook-config-maps";
export { Scraping, type ScrapingArgs } from "../components/scraping";
export { alertLabelsOf, type Installation } from "../core/model/installation";
export { atInstallation } from "../core/render/at-installation";
export { type Scrape } from "../core/model/scrape";
export { ServiceObservability, type DeployedService, type ServiceObservabilityArgs } from "../components/service-observability";
export { type Alert, type Condition, type Severity } from "../core/model/alert";
export { burnsOf, cascadesOf } from "../core/model/cascades";
export { alert } from "../core/model/declared-alert";
export { service, type ServiceSpec } from "../core/model/declared-service";
export { type CheckedModel } from "../core/model/checked-model";
export {
  dependenciesOf,
  type Cascade,
  type Dependency,
  type ExternalDependency,
  type ExternalUpstream,
  type ServiceDependency,
  type Upstream,
} from "../core/model/dependency";
export { type Duration } from "../core/model/duration";
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
} from "../core/model/example";
export { type Expectation, type Telling } from "../core/model/expectation";
export { type Accepts } from "../core/model/finding";
export { latency, level, rate, type GoodDay, type LabelChoice, type Seconds, type Usual } from "../core/model/good-day";
export { journeyBudget, type Journey, type JourneyBudget, type JourneyPart, type JourneyStep } from "../core/model/journey";
export { journeyDashboard } from "../core/model/journey-dashboard";
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
} from "../core/model/metric";
export { expression, increaseBy, maxBy, minBy, quantile, rateBy, ratio, sumBy, type Measure } from "../core/model/measure";
export { indexOf, type KnownSeries, type Model, type ModelIndex } from "../core/model/model";
export { journeysOf, objectivesOf, type DeployedJourney, type DeployedObjective } from "../core/model/objectives";
export { withOverrides, type AlertOverride, type AlertOverrides } from "../core/model/override";
export {
  dashboard,
  labelValues,
  panel,
  type Dashboard,
  type DashboardVariable,
  type Panel,
  type PanelQuery,
  type Row,
} from "../core/model/panel";
export { increaseOf, not, promql, queryOf, where, type Matchers, type Query } from "../core/model/query";
export { type Receiver, type Receivers, type SecretKey, type Webhook } from "../core/model/receiver";
export { recordingRule, type RecordingRule } from "../core/model/recording-rule";
export { type Drain, type Gate, type Limit, type PromqlGate, type Rollout, type SqlGate } from "../core/model/rollout";
export { type Fence, type Heading, type Located, type RunbookDocument, type RunbookSection } from "../core/model/runbook";
export { type Service } from "../core/model/service";
export { deploymentsOf, examplePod, podsOf, type Deployment, type Workload } from "../core/model/workload";
export { latencySlo, ratioSlo, type LatencySlo, type RatioSlo, type Slo } from "../core/model/slo";
export { platform } from "../core/model/standard/platform";
export { instancesUp } from "../core/model/standard/scraping";
export { healthRow, resourceRow, workloadAlerts, workloadPanels, type WorkloadAlerts } from "../core/model/standard/workload";
export { type Unit } from "../core/model/unit";
export type { AlertMatcher, InhibitRule } from "../core/model/inhibit-rule";
export { renderInhibitions } from "../core/render/inhibitions";
export { type ResolvedEnvironment as Links } from "../core/render/environment";
export { objectLabels } from "../core/render/object-labels";
export { type RuleDocument } from "../core/render/prometheus-rule";
export { loadCheckedFiles, type CheckedFiles } from "./files/checked-files";
export { writeBlocks, writeSections } from "./generated";
export { loadModel, type Declarations } from "./load-model";
