import { documentsOf } from "../model/files/linked-documents";
import type { LoadedFiles } from "../model/files/loaded";
import { below } from "../model/files/place";
import { htmlAnchors, runbookLink } from "../model/files/runbook-link";
import { indexOf } from "../model/model";
import type { RunbookDocument } from "../model/runbook";
import { subjectIn } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { problem, type Check, type Problem } from "./check";

/** Every alert leads to a heading that its runbook has now. */
export const anchorExists: Check = {
  id: "anchor-exists",
  description: "The runbook section of every alert is a heading of the Markdown as it is now.",
  severity: "error",
  run: (model) => {
    const { documents } = indexOf(model);
    const declared = model.services.flatMap((service) =>
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
    return [...declared, ...(model.files ? ofFiles(model.files, documentsOf(model, model.files)) : [])];
  },
};

/** Alerts of rule files: only a link into the repository can be followed. */
function ofFiles(files: LoadedFiles, documents: ReadonlyMap<string, RunbookDocument>): readonly Problem[] {
  return files.rules.flatMap((rule) => {
    const link = rule.kind === "alert" ? runbookLink(rule, files) : undefined;
    if (!link) return [];
    const { path, slug, annotation } = link;
    const { at, ...subject } = rule.subject;
    const here = { ...subject, ...(at && { at: below(at, "annotations", annotation) }) };
    const document = documents.get(path);
    if (!document && files.files.has(path)) return [];
    if (!document) return [problem(here, `links to "${path}", which does not exist.${didYouMean(path, documents.keys())}`)];
    const slugs = document.headings.map((heading) => heading.slug);
    if (slug === "" || slugs.includes(slug) || htmlAnchors(document).includes(slug)) return [];
    return [problem(here, `links to "${slug}", which is no heading of ${path}.${didYouMean(slug, slugs)}`)];
  });
}
