import { renderSectionsFile } from "../render/sections-file";
import { problem, type Check } from "./check";

/** The generated sections are those of the Markdown. */
export const sectionsFresh: Check = {
  id: "sections-fresh",
  description: "runbooks/sections.ts is what `npm run generate` writes from the headings as they are now.",
  severity: "error",
  run: (model) => {
    const expected = renderSectionsFile(model.runbooks);
    if (model.sectionsFile === expected) return [];
    const before = sectionLines(model.sectionsFile);
    const after = sectionLines(expected);
    const gone = [...before].filter((line) => !after.has(line)).map(slugOf);
    const added = [...after].filter((line) => !before.has(line)).map(slugOf);
    const changes = [
      gone.length > 0 ? `it lists ${quoteList(gone)}, which the Markdown no longer has` : "",
      added.length > 0 ? `it lacks ${quoteList(added)}` : "",
    ].filter((text) => text !== "");
    const what = changes.length > 0 ? changes.join("; ") : "its form differs";
    return [problem({ file: "runbooks/sections.ts" }, `is stale: ${what}. Run \`npm run generate\`.`)];
  },
};

function sectionLines(text: string): ReadonlySet<string> {
  return new Set(text.split("\n").filter((line) => line.includes("slug:")));
}

function slugOf(line: string): string {
  const section = /path: "([^"]+)", slug: "([^"]+)"/.exec(line);
  return section ? `${section[1] ?? ""}#${section[2] ?? ""}` : line.trim();
}

function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return shown.join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
}
