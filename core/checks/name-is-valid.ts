import { groupBy } from "../model/group-by";
import type { Metric } from "../model/metric";
import type { Model } from "../model/model";
import { panelNumber, panelsOf } from "../model/panel";
import { subjectIn, type Service } from "../model/service";
import { problem, type Check, type Problem } from "./check";

/** Every name has the form that its field gives it, and there is only one thing of the name. */
export const nameIsValid: Check = {
  id: "name-is-valid",
  description: "Metrics, objectives, alerts, recording rules, dashboards and panels are well named, and no two share a name.",
  severity: "error",
  run: (model) => [
    ...model.services.flatMap((service) => [
      ...metricNames(service),
      ...objectiveNames(service),
      ...ruleNames(service),
      ...dashboardNames(service),
    ]),
    ...repeated(model),
  ],
};

function metricNames(service: Service): readonly Problem[] {
  return Object.values(service.metrics).flatMap((metric) =>
    metricFaults(metric, service).map((message) => problem(subjectIn(service, "metrics", metric), message)),
  );
}

function metricFaults(metric: Metric, { metricPrefix }: Service): readonly string[] {
  return [
    ...(metric.name.startsWith(metricPrefix) ? [] : [`the metric's name must begin with "${metricPrefix}".`]),
    ...(metric.type !== "counter" || metric.name.endsWith("_total") ? [] : [`the counter's name must end with "_total".`]),
    ...(metric.type === "counter" || !metric.name.endsWith("_total")
      ? []
      : [`"_total" is for counters; this is a ${metric.type}.`]),
    ...(metric.type === "histogram" && !isAscending(metric.buckets)
      ? ["the histogram's buckets must ascend, without +Inf."]
      : []),
  ];
}

function objectiveNames(service: Service): readonly Problem[] {
  return service.slos
    .filter(({ id }) => !id.startsWith(`${service.id}-`) || !/^[a-z0-9-]+$/.test(id.slice(service.id.length + 1)))
    .map(({ id }) =>
      problem(
        subjectIn(service, "slos", { name: id }),
        `an objective's id is "${service.id}-" and words in lower case, such as ${service.id}-latency.`,
      ),
    );
}

function ruleNames(service: Service): readonly Problem[] {
  const alertForm = new RegExp(`^${service.alertPrefix}[A-Z][A-Za-z0-9]*$`);
  return [
    ...service.alerts
      .filter(({ name }) => !alertForm.test(name))
      .map((alert) =>
        problem(
          subjectIn(service, "alerts", alert),
          `an alert's name is "${service.alertPrefix}" and words in CamelCase, such as ${service.alertPrefix}HighLatency.`,
        ),
      ),
    ...service.recordingRules
      .filter(({ name }) => !/^[a-z][a-z0-9_]*:[a-zA-Z_][a-zA-Z0-9_]*:[a-z][a-z0-9_]*$/.test(name))
      .map((rule) =>
        problem(subjectIn(service, "recording-rules", rule), "a recording rule's name has the form level:metric:operations."),
      ),
  ];
}

function dashboardNames(service: Service): readonly Problem[] {
  return service.dashboards.flatMap((dashboard) => {
    const subject = (name: string) => subjectIn(service, "dashboards", { name });
    const panels = panelsOf(dashboard);
    const clashes = [...groupBy(panels, ({ id }) => panelNumber(id)).values()].filter((group) => group.length > 1);
    const titles = [...groupBy(panels, ({ title }) => title)].filter(([, group]) => group.length > 1);
    return [
      ...(/^[A-Za-z0-9_-]{1,40}$/.test(dashboard.uid)
        ? []
        : [problem(subject(dashboard.uid), "a dashboard's uid has 1 to 40 letters, digits, - or _.")]),
      ...panels
        .filter(({ id }) => !/^[a-z][a-z0-9-]*$/.test(id))
        .map(({ id }) => problem(subject(`${dashboard.uid}/${id}`), "a panel's id has lower-case letters, digits and dashes.")),
      ...clashes.map((group) =>
        problem(
          subject(`${dashboard.uid}/${group[0]?.id ?? ""}`),
          `the panel ids ${group.map(({ id }) => `"${id}"`).join(" and ")} give one panel number. Rename one.`,
        ),
      ),
      ...titles.map(([title]) => problem(subject(dashboard.uid), `two panels have the title "${title}". Rename one.`)),
    ];
  });
}

/** Things that must be unique across services. */
function repeated(model: Model): readonly Problem[] {
  const all = (
    list: (service: Service) => readonly { readonly name: string }[],
    file: "alerts" | "recording-rules" | "metrics" | "dashboards" | "index",
  ) =>
    model.services.flatMap((service) => list(service).map(({ name }) => ({ name, subject: subjectIn(service, file, { name }) })));
  const kinds = [
    { kind: "alert", things: all((service) => service.alerts, "alerts") },
    { kind: "recording rule", things: all((service) => service.recordingRules, "recording-rules") },
    { kind: "metric", things: all((service) => Object.values(service.metrics), "metrics") },
    { kind: "dashboard uid", things: all((service) => service.dashboards.map(({ uid }) => ({ name: uid })), "dashboards") },
    { kind: "service id", things: all((service) => [{ name: service.id }], "index") },
    { kind: "metric prefix", things: all((service) => [{ name: service.metricPrefix }], "index") },
    { kind: "alert prefix", things: all((service) => [{ name: service.alertPrefix }], "index") },
  ];
  return kinds.flatMap(({ kind, things }) =>
    [...groupBy(things, ({ name }) => name)]
      .filter(([, group]) => group.length > 1)
      .flatMap(([name, group]) =>
        group
          .slice(1)
          .map(({ subject }) =>
            problem(subject, `the ${kind} "${name}" exists already in ${group[0]?.subject.file ?? ""}. Rename one.`),
          ),
      ),
  );
}

function isAscending(bounds: readonly number[]): boolean {
  return bounds.every((bound, index) => Number.isFinite(bound) && bound > (bounds[index - 1] ?? -Infinity));
}
