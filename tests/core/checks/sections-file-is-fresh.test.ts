import { sectionsFileIsFresh } from "../../../core/checks/sections-file-is-fresh";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const fresh = exampleModel().sectionsFile;

testCheck(sectionsFileIsFresh, {
  accepted: [],
  reported: [
    {
      name: "a heading that was renamed since",
      markdown: (text) => text.replace("### Impact", "### Effect"),
      model: { sectionsFile: fresh },
      findings: [
        'runbooks/sections.ts: is stale: it lists "ex/incident-response.md#impact", which the Markdown no longer has; it lacks "ex/incident-response.md#effect". Run `npm run generate`.',
      ],
    },
    {
      name: "a file that somebody edited by hand",
      model: { sectionsFile: `${fresh}\n` },
      findings: ["runbooks/sections.ts: is stale: its form differs. Run `npm run generate`."],
    },
  ],
});
