import type { Model } from "../model/model";
import { panelsOf } from "../model/panel";
import { linesOf, runbookSubject } from "../model/section-content";
import { subjectIn, type Service } from "../model/service";
import { leftToFill } from "../model/to-fill";
import { problem, type Check, type Problem } from "./check";

/** What a new service was written with must not reach whoever is on call. */
export const placeholderIsFilledIn: Check = {
  id: "placeholder-is-filled-in",
  description: "Nothing is left to fill in of what `npm run new` has written.",
  severity: "error",
  run: (model: Model) => [
    ...model.services.flatMap(inService),
    ...model.runbooks.flatMap((document) =>
      leftToFill(document.text).length === 0
        ? []
        : linesOf(document).flatMap((line, index) =>
            leftToFill(line).map((what) => problem(runbookSubject(document, index + 1), message(what))),
          ),
    ),
  ],
};

function inService(service: Service): readonly Problem[] {
  const inHelp = Object.values(service.metrics).flatMap(({ help }) => leftToFill(help));
  const left = (subject: Problem["subject"], ...texts: readonly string[]): readonly Problem[] =>
    texts.flatMap(leftToFill).map((what) => problem(subject, message(what)));
  return [
    ...left(
      subjectIn(service, "index", { name: service.id }),
      service.title,
      ...Object.values(service.upstreams ?? {}).map(({ reason }) => reason),
    ),
    ...zeros(service).map((what) => problem({ file: `services/${service.id}/workload.ts` }, message(what))),
    ...Object.values(service.metrics).flatMap((metric) => left(subjectIn(service, "metrics", metric), metric.help, metric.unit)),
    ...service.dashboards.flatMap((dashboard) => [
      ...left(subjectIn(service, "dashboards", { name: dashboard.uid }), dashboard.title, dashboard.description),
      ...panelsOf(dashboard).flatMap(({ id, title, description: shows }) =>
        // What a description has from the help of its metric is said there.
        left(subjectIn(service, "dashboards", { name: `${dashboard.uid}/${id}` }), title, shows).filter(
          (found) => !inHelp.some((what) => found.message.startsWith(message(what).slice(0, -1))),
        ),
      ),
    ]),
    ...service.alerts.flatMap((alert) =>
      left(subjectIn(service, "alerts", alert), alert.summary, alert.impact, "trigger" in alert.when ? alert.when.trigger : ""),
    ),
  ];
}

/** Numbers that are never 0 where something runs. */
function zeros({ workload }: Service): readonly string[] {
  if (!workload) return [];
  const { port, limits } = workload;
  return [
    ...(port === 0 ? ["port, which Prometheus scrapes, as the manifests say"] : []),
    ...(limits.cpuCores === 0 ? ["limits.cpuCores, as the manifests say"] : []),
    ...(limits.memoryBytes === 0 ? ["limits.memoryBytes, as the manifests say"] : []),
  ];
}

function message(what: string): string {
  return `is left to fill in: ${what}.`;
}
