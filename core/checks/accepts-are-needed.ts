import type { Accepts, Finding } from "../model/finding";
import { groupBy } from "../model/group-by";
import type { Model } from "../model/model";
import { panelsOf } from "../model/panel";
import { runbookSubject } from "../model/section-content";
import { subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { acceptedReason, problem, runCheck, type Check, type Problem } from "./check";
import { renamedTo } from "../model/former-check-ids";
import { isLiveId } from "./live-ids";

/** What somebody accepted is still found: an acceptance that is left behind would hide the next fault of its kind. */
export function acceptsAreNeeded(others: readonly Check[]): Check {
  return {
    id: "accepts-are-needed",
    description: "Every accepted finding names a check, and is found by it.",
    severity: "warning",
    run: (model) => {
      const found = others.flatMap((check) => runCheck(check, model));
      const ids = others.map(({ id }) => id);
      // What is broken elsewhere, such as a label that was renamed, may be why something is not found: that is told first.
      const isBroken = found.some(
        ({ severity, subject, check }) => severity === "error" && acceptedReason(subject.accepts, check) === undefined,
      );
      const isFound = aboutWhat(found);
      return acceptable(model).flatMap((subject) =>
        Object.keys(subject.accepts ?? {}).flatMap((written): readonly Problem[] => {
          if (isLiveId(written)) return []; // found only where servers are asked
          const id = ids.includes(written) ? written : (renamedTo(written) ?? written);
          if (!ids.includes(id)) return [problem(subject, `accepts "${id}", which is no check.${didYouMean(id, ids)}`)];
          if (id !== written) return [problem(subject, `accepts "${written}", which is called "${id}" now. Write that.`)];
          return isBroken || isFound(id, subject)
            ? []
            : [problem(subject, `accepts ${id}, which finds nothing here any more. Take it out.`)];
        }),
      );
    },
  };
}

/** Findings carry the acceptances of what they are about, and lines those of the headings above them. */
function aboutWhat(found: readonly Finding[]): (check: string, subject: Problem["subject"]) => boolean {
  const byAccepts = groupBy(found, ({ subject }) => subject.accepts);
  const byFile = groupBy(found, ({ check, subject }) => `${check} ${subject.file}`);
  return (check, { accepts, file, name }) =>
    byAccepts.get(accepts)?.some((finding) => finding.check === check) === true ||
    byFile
      .get(`${check} ${file}`)
      ?.some(
        ({ subject }) =>
          (name === undefined || subject.name === name) &&
          acceptedReason(subject.accepts, check) === acceptedReason(accepts, check),
      ) === true;
}

function acceptable(model: Model): readonly (Problem["subject"] & { readonly accepts?: Accepts | undefined })[] {
  const all = [
    ...model.services.flatMap((service) => [
      ...Object.values(service.metrics).map((metric) => subjectIn(service, "metrics", metric)),
      ...service.recordingRules.map((rule) => subjectIn(service, "recording-rules", rule)),
      ...service.alerts.map((alert) => subjectIn(service, "alerts", alert)),
      ...service.dashboards.flatMap((dashboard) =>
        panelsOf(dashboard).map(({ id, accepts }) =>
          subjectIn(service, "dashboards", { name: `${dashboard.uid}/${id}`, accepts }),
        ),
      ),
    ]),
    ...model.runbooks.flatMap((document) =>
      document.headings.map(({ line, accepts }) => ({ ...runbookSubject(document, line), accepts })),
    ),
  ];
  return all.filter(({ accepts = {} }) => Object.keys(accepts).length > 0);
}
