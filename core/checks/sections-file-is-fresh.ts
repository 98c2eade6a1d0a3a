import { renderSectionsFile } from "../render/sections-file";
import { problem, type Check } from "./check";

/** The generated sections are those of the Markdown. */
export const sectionsFileIsFresh: Check = {
  id: "sections-file-is-fresh",
  description: "runbooks/sections.ts is what `npm run generate` writes from the headings as they are now.",
  severity: "error",
  run: (model) => {
    const expected = renderSectionsFile(model.runbooks);
    if (model.sectionsFile === expected) return [];
    const before = titlesBySection(model.sectionsFile);
    const after = titlesBySection(expected);
    const gone = [...before.keys()].filter((section) => !after.has(section));
    const added = [...after.keys()].filter((section) => !before.has(section));
    const retitled = [...after].filter(([section, title]) => before.has(section) && before.get(section) !== title);
    const changes = [
      gone.length > 0 ? `it lists ${quoteList(gone)}, which the Markdown no longer has` : "",
      added.length > 0 ? `it lacks ${quoteList(added)}` : "",
      retitled.length > 0 ? `it has old titles of ${quoteList(retitled.map(([section]) => section))}` : "",
    ].filter((text) => text !== "");
    const what = changes.length > 0 ? changes.join("; ") : "its form differs";
    return [problem({ file: "runbooks/sections.ts" }, `is stale: ${what}. Run \`npm run generate\`.`)];
  },
};

function titlesBySection(text: string): ReadonlyMap<string, string> {
  const sections = text.matchAll(/\{ path: "(.+?)", slug: "(.*?)", title: (".*") \},/g);
  return new Map([...sections].map(([, path = "", slug = "", title = ""]) => [`${path}#${slug}`, title]));
}

function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return shown.join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
}
