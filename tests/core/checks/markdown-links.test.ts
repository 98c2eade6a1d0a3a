import { markdownLinks } from "../../../core/checks/markdown-links";
import { testCheck } from "./rows";

const at = "runbooks/ex/incident-response.md:29";
const link = (target: string) => ({ markdown: (text: string) => `${text}\n[a link](${target})\n` });

testCheck(markdownLinks, {
  accepted: [
    { name: "a fragment of the same file", ...link("#scenario-1-deep-mailboxes") },
    { name: "a link with a title", ...link('incident-response.md#impact "what users notice"') },
    { name: "an external link", ...link("https://example.com/#x") },
    { name: "a mail address", ...link("mailto:oncall@example.com") },
    { name: "a way round through the folder above", ...link("../ex/incident-response.md") },
    { name: "something like a link inside a fence", markdown: (text) => `${text}\n\`\`\`text\n[x](gone.md)\n\`\`\`\n` },
  ],
  reported: [
    {
      name: "a missing heading",
      ...link("#impct"),
      findings: [`${at}: links to "#impct", but runbooks/ex/incident-response.md has no heading "impct". Did you mean "impact"?`],
    },
    {
      name: "a missing file",
      ...link("incident-responses.md"),
      findings: [
        `${at}: links to "incident-responses.md", but there is no runbooks/ex/incident-responses.md. Did you mean "ex/incident-response.md"?`,
      ],
    },
    {
      name: "a file that is not deployed",
      ...link("../../README.md"),
      findings: [`${at}: links to "../../README.md", but there is no runbooks/../README.md.`],
    },
  ],
});
