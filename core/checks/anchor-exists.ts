import { indexOf } from "../model/model";
import { subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** Every alert leads to a heading that its runbook has now. */
export const anchorExists: Check = {
  id: "anchor-exists",
  description: "The runbook section of every alert is a heading of the Markdown as it is now.",
  severity: "error",
  run: (model) => {
    const { documents } = indexOf(model);
    return model.services.flatMap((service) =>
      service.alerts.flatMap((alert) => {
        const { path, slug } = alert.runbook;
        const document = documents.get(path);
        if (document?.headings.some((heading) => heading.slug === slug)) return [];
        const message = document
          ? `links to "${slug}", which is no heading of runbooks/${path}.${didYouMean(
              slug,
              document.headings.map((heading) => heading.slug),
            )}`
          : `links to runbooks/${path}, which does not exist.${didYouMean(path, documents.keys())}`;
        return [problem(subjectIn(service, "alerts", alert), message)];
      }),
    );
  },
};
