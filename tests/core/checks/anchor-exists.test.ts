import { anchorExists } from "../../../core/checks/anchor-exists";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";
const section = (slug: string, path = "ex/incident-response.md") => ({ runbook: { path, slug, title: "" } });

testCheck(anchorExists, {
  accepted: [
    {
      name: "a heading with code, a slash, an arrow and an ampersand",
      markdown: (text) => `${text}\n## \`a/b\` → c & d\n`,
      alert: section("ab--c--d"),
    },
    {
      name: "the second of two equal headings",
      markdown: (text) => `${text}\n## Twice\n\n## Twice\n`,
      alert: section("twice-1"),
    },
    { name: "a finding that somebody accepted", alert: { ...section("gone"), accepts: { "anchor-exists": "The wiki has it." } } },
  ],
  reported: [
    {
      name: "a heading that was reworded, with the nearest one",
      markdown: (text) => text.replace("Deep mailboxes", "Deep mailbox"),
      findings: [
        `${at}: links to "scenario-1-deep-mailboxes", which is no heading of runbooks/ex/incident-response.md. Did you mean "scenario-1-deep-mailbox"?`,
      ],
    },
    {
      name: "a heading inside a code fence",
      markdown: (text) => `${text}\n\`\`\`bash\n# Not a heading\n\`\`\`\n`,
      alert: section("not-a-heading"),
      findings: [`${at}: links to "not-a-heading", which is no heading of runbooks/ex/incident-response.md.`],
    },
    {
      name: "a runbook that does not exist",
      alert: section("x", "ex/incident-respons.md"),
      findings: [
        `${at}: links to runbooks/ex/incident-respons.md, which does not exist. Did you mean "ex/incident-response.md"?`,
      ],
    },
  ],
});
