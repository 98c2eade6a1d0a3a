import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { seriesMatchers, type Installation } from "../model/installation";
import { isOfInstallation } from "../model/installed";
import type { Series } from "../model/metric";
import type { ModelIndex } from "../model/model";
import { panelsOf, type Dashboard, type DashboardVariable, type PanelQuery } from "../model/panel";
import { withMatchers } from "../model/promql-matchers";
import type { Service } from "../model/service";
import type { ResolvedEnvironment } from "./environment";

/** Every panel asks the data source that the dashboard's variable names. */
export const datasource: DataSourceRef = { type: "prometheus", uid: "$datasource" };

/** What the reader chooses above the panels, and what that does to a query. */
export interface Choices {
  readonly variables: readonly (DatasourceVariableBuilder | CustomVariableBuilder | QueryVariableBuilder)[];
  /** Whether the panels can be narrowed to some instances. */
  readonly narrows: boolean;
  /** By what, as a panel says that it is not. */
  readonly narrowsBy: string;
  /** The query of a panel, narrowed to what the reader has chosen. With "All" it is what its alerts evaluate. */
  readonly narrow: (expr: string) => string;
}

/**
 * The choices of a dashboard: the data source; those that it declares; and if it declares none and draws what the
 * service exports, a namespace and instances. "All" matches a series without the label too, since only the Prometheus
 * operator adds a namespace to what a service exports.
 */
export function choicesOf(dashboard: Dashboard, service: Service, index: ModelIndex, environment: ResolvedEnvironment): Choices {
  const { installation } = index;
  const own = (dashboard.variables ?? []).map((variable) => declaredVariable(variable, index));
  const known = new Map<string, string>(); // each query is asked for three times
  const narrow = (expr: string): string => {
    const result = known.get(expr) ?? narrowed(expr, service, index);
    known.set(expr, result);
    return result;
  };
  const { workload } = service;
  const narrows =
    workload !== undefined &&
    own.length === 0 &&
    panelsOf(dashboard)
      .flatMap(({ queries }) => Object.values<PanelQuery>(queries))
      .some(({ query: { expr } }) => narrow(expr) !== expr);
  return {
    variables: [datasourceVariable(environment), ...own, ...(narrows ? targetVariables(workload.job, installation) : [])],
    narrows,
    narrowsBy: hasNamespace(installation) ? "the instances" : "the namespace and the instances",
    narrow: narrows ? narrow : (expr) => expr,
  };
}

function valuesQuery({ series, label }: { readonly series: Series; readonly label: string }, index: ModelIndex): string {
  const told = isOfInstallation(index.series.get(series.name)) ? seriesMatchers(index.installation) : [];
  return `label_values(${withMatchers(series.name, () => told)}, ${label})`;
}

/** Grafana reads a list of values at its commas. */
function declaredVariable(variable: DashboardVariable, index: ModelIndex): CustomVariableBuilder | QueryVariableBuilder {
  const { name, label, multi } = variable;
  if ("values" in variable) {
    const builder = new CustomVariableBuilder(name)
      .label(label)
      .values(variable.values.map((value) => value.replaceAll(",", "\\,")).join(","));
    return multi ? builder.multi(true).includeAll(true) : builder;
  }
  const query = "query" in variable ? variable.query : valuesQuery(variable.valuesOf, index);
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .query(query)
    .definition(query)
    .datasource(datasource)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  return multi ? builder.multi(true).includeAll(true) : builder;
}

const inNamespace = 'namespace=~"$namespace"';

/** Where the installation says its namespace there is none to choose. */
function targetVariables(job: string, installation?: Installation): readonly QueryVariableBuilder[] {
  const target = [`job=${JSON.stringify(job)}`, ...seriesMatchers(installation)].join(",");
  const instance = (matchers: string): QueryVariableBuilder =>
    targetVariable("instance", `label_values(up{${matchers}}, instance)`).label("Instance");
  return hasNamespace(installation)
    ? [instance(target)]
    : [
        targetVariable("namespace", `label_values(up{${target}}, namespace)`).label("Namespace"),
        instance(`${target},${inNamespace}`),
      ];
}

function hasNamespace(installation?: Installation): boolean {
  return installation?.workloadNamespace !== undefined;
}

function targetVariable(name: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .query(query)
    .definition(query)
    .datasource(datasource)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ text: ["All"], value: ["$__all"] })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

/** Recorded series have lost these labels, and a platform's series have others of the same names. */
function narrowed(expr: string, service: Service, { series, installation }: ModelIndex): string {
  const chosen = [...(hasNamespace(installation) ? [] : [inNamespace]), 'instance=~"$instance"'];
  return withMatchers(expr, ({ metric }) => {
    const known = series.get(metric);
    return known?.metric && known.service?.id === service.id ? chosen : [];
  });
}

function datasourceVariable({ datasourceUid = "" }: ResolvedEnvironment): DatasourceVariableBuilder {
  const variable = new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus");
  return datasourceUid === "" ? variable : variable.current({ text: datasourceUid, value: datasourceUid });
}
