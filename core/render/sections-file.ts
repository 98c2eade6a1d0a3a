import { groupBy } from "../model/group-by";
import { runbookService, type RunbookDocument } from "../model/runbook";

/**
 * The text of runbooks/sections.ts: every heading of every runbook by service, file and anchor, so that a
 * link to a heading that nobody wrote does not compile.
 */
export function renderSectionsFile(documents: readonly RunbookDocument[]): string {
  const services = [...groupBy(documents, (document) => runbookService(document.path))].map(
    ([service, files]) => `  ${JSON.stringify(service)}: {\n${files.map(renderFile).join("\n")}\n  },`,
  );
  return [
    "// Written by `npm run generate` from the headings in runbooks/**/*.md. Do not edit.",
    "",
    "/** Every section that an alert can link to, by service, file and anchor. */",
    "export const runbooks = {",
    ...services,
    "} as const;",
    "",
  ].join("\n");
}

function renderFile(document: RunbookDocument): string {
  const sections = document.headings.map(({ slug, title }) => {
    const [path, anchor, text] = [document.path, slug, title].map((value) => JSON.stringify(value));
    return `      ${anchor}: { path: ${path}, slug: ${anchor}, title: ${text} },`;
  });
  return `    ${JSON.stringify(sectionsKey(document.path))}: {\n${sections.join("\n")}\n    },`;
}

/** The key of a file: `mc/incident-response.md` becomes `incidentResponse`. */
export function sectionsKey(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/, "");
  return name.replace(/[-_.]+(.)/g, (_, letter: string) => letter.toUpperCase());
}
