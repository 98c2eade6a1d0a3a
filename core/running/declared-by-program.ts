import type { Alerting } from "../model/alerting";
import type { Subject } from "../model/finding";
import type { AlertMatcher } from "../model/inhibit-rule";
import { indexOf, type Model, type ModelIndex } from "../model/model";
import { panelNumber, panelsOf } from "../model/panel";
import type { Matcher } from "../model/promql-syntax";
import type { Receivers } from "../model/receiver";
import { isRouted } from "../model/receiver";
import { targetLabels } from "../model/scrape";
import { seriesNames } from "../model/metric";
import { subjectIn, type Service } from "../model/service";
import { renderInhibitions } from "../render/inhibitions";
import { runbookUrl, type ResolvedEnvironment } from "../render/environment";
import { renderRuleGroups } from "../render/rule-groups";
import { splitAnchor } from "./declared-by-files";
import type { Declared, DeclaredMetric, DeclaredRule, Placed } from "./declared";

/** What an environment deploys, and where. */
export interface DeployedProgram {
  /** With the services that are deployed. */
  readonly model: Model;
  readonly environment: ResolvedEnvironment;
  readonly receivers: Receivers;
  /** The routes of its Alertmanager, as far as this program makes them. */
  readonly routes: Alerting["routes"];
  /** The file in which an environment sets what it sets. */
  readonly file: string;
}

/** What the services of a program declare of what runs. */
export function declaredByProgram({ model, environment, receivers, routes, file }: DeployedProgram): Declared {
  const index = indexOf(model);
  const { services } = model;
  const subject = { file };
  const datasource = environment.datasourceUid ?? "";
  return {
    model,
    subject,
    targetLabels: [...services.flatMap(({ workload }) => targetLabels(workload?.scrape)), ...(model.seriesLabels ?? [])],
    rules: services.flatMap((service) => rulesOf(service, index, environment)),
    metrics: services.flatMap(metricsOf),
    alerting: {
      inhibitions: inhibitionsOf(model, receivers, index),
      routes: isRouted(receivers) ? routes.map((route) => ({ ...route, subject: { file, name: "receivers" } })) : [],
      receivers: [],
    },
    dashboards: services.flatMap((service) =>
      service.dashboards.map((dashboard) => ({
        uid: dashboard.uid,
        panels: panelsOf(dashboard).map((panel) => ({
          id: panelNumber(panel.id),
          title: panel.title,
          subject: subjectIn(service, "dashboards", { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts }),
        })),
        subject: subjectIn(service, "dashboards", { name: dashboard.uid }),
      })),
    ),
    dashboardLinks: services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const uid = index.dashboardOf.get(alert.panel)?.uid;
        return uid === undefined
          ? []
          : [{ uid, panel: panelNumber(alert.panel.id), subject: subjectIn(service, "alerts", alert) }];
      }),
    ),
    datasources: datasource === "" ? [] : [{ uid: datasource, subject: { file, name: "datasourceUid" } }],
    runbookPages: services.flatMap((service) =>
      service.alerts.map((alert) => ({
        ...splitAnchor(runbookUrl(environment, alert.runbook, index)),
        subject: subjectIn(service, "alerts", alert),
      })),
    ),
  };
}

function rulesOf(service: Service, index: ModelIndex, environment: ResolvedEnvironment): readonly DeclaredRule[] {
  return renderRuleGroups(service, index, environment).flatMap(({ rules }) =>
    rules.map((rule): DeclaredRule => {
      if ("record" in rule) {
        const subject = subjectIn(service, "recording-rules", { name: rule.record });
        return { kind: "record", name: rule.record, expr: rule.expr, for: "", keepFiringFor: "", labels: {}, subject };
      }
      const declared = service.alerts.find(({ name }) => name === rule.alert);
      const subject: Subject = subjectIn(service, "alerts", declared ?? { name: rule.alert });
      return {
        kind: "alert",
        name: rule.alert,
        expr: rule.expr,
        for: rule.for,
        keepFiringFor: rule.keep_firing_for ?? "",
        labels: rule.labels,
        subject,
      };
    }),
  );
}

function metricsOf(service: Service): readonly DeclaredMetric[] {
  return Object.values(service.metrics).map((metric) => ({
    name: metric.name,
    type: metric.type,
    series: seriesNames(metric),
    labels: metric.labels,
    ...(metric.type === "histogram" && { buckets: metric.buckets }),
    subject: subjectIn(service, "metrics", metric),
  }));
}

function inhibitionsOf(model: Model, receivers: Receivers, { serviceOf }: ModelIndex): Alerting<Placed>["inhibitions"] {
  return renderInhibitions(model, receivers).map(({ sourceMatch, targetMatch, equal }) => {
    const [source] = sourceMatch;
    const name = source?.value ?? "";
    const service = serviceOf.get(name);
    return {
      source: sourceMatch.map(matcherOf),
      target: targetMatch.map(matcherOf),
      equal,
      subject: service
        ? subjectIn(service, "alerts", { name })
        : { file: "services/cascades.ts", name: `${source?.name ?? ""} ${name}` },
    };
  });
}

function matcherOf({ name, matchType, value }: AlertMatcher): Matcher {
  return { label: name, op: matchType, value };
}
