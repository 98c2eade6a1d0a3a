import type { Alert } from "../model/alert";
import { declarationOf } from "../model/declaration";
import type { Model } from "../model/model";
import { panelsOf } from "../model/panel";
import type { RunbookDocument } from "../model/runbook";
import { linesOf, runbookSubject } from "../model/section-content";
import { subjectIn, type Service } from "../model/service";
import { leftToFill } from "../model/to-fill";
import { alertBlocksOf } from "../render/alert-blocks";
import { problem, type Check, type Problem } from "./check";

/** What a new service was written with must not reach whoever is on call. */
export const placeholderIsFilledIn: Check = {
  id: "placeholder-is-filled-in",
  description: "Nothing is left to fill in of what `npm run new` has written.",
  severity: "error",
  run: (model: Model) => [
    ...model.services.flatMap(inService),
    ...model.runbooks.flatMap((document) => (leftToFill(document.text).length === 0 ? [] : inRunbook(document))),
  ],
};

/** What a block has from an alert is left there. */
function inRunbook(document: RunbookDocument): readonly Problem[] {
  const blocks = alertBlocksOf(document);
  return linesOf(document).flatMap((line, index) =>
    blocks.some((block) => block.line <= index && index < block.lastLine)
      ? []
      : leftToFill(line).map((what) => problem(runbookSubject(document, index + 1), message(what))),
  );
}

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
    ...service.alerts
      .filter((alert, index) => !service.alerts.slice(0, index).some((earlier) => isSaidWith(alert, earlier)))
      .flatMap((alert) =>
        left(subjectIn(service, "alerts", alert), alert.summary, alert.impact, "trigger" in alert.when ? alert.when.trigger : ""),
      ),
  ];
}

/** Whether one text of its author became the impact of both: a part declares several alerts in one call. */
function isSaidWith(alert: Alert, other: Alert): boolean {
  if (alert.impact !== other.impact || leftToFill(alert.impact).length === 0) return false;
  const [one, second] = [declarationOf(alert), declarationOf(other)];
  return one !== undefined && one.file === second?.file && one.line === second.line;
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
