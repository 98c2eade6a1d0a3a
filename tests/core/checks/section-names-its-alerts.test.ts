import { sectionNamesItsAlerts } from "../../../core/checks/section-names-its-alerts";
import { testCheck } from "./rows";

testCheck(sectionNamesItsAlerts, {
  accepted: [{ name: "an abbreviation in code", markdown: (text) => `${text}\n\`EX\`, \`EXPLAIN\` and \`HTTPRoute\`.\n` }],
  reported: [
    {
      name: "a section that does not name its alert",
      markdown: (text) => text.replace("`EXDeep` fires.", "It fires."),
      findings: [
        'services/ex/alerts.ts EXDeep: leads to "Scenario 1: Deep mailboxes" of runbooks/ex/incident-response.md, which does not name it. Write `EXDeep` into it, for instance into its Symptoms.',
      ],
    },
    {
      name: "a name that no alert has any more",
      markdown: (text) => `${text}\nSee \`EXDeeep\`.\n`,
      findings: ['runbooks/ex/incident-response.md:29: names the alert "EXDeeep", which no service has. Did you mean "EXDeep"?'],
    },
  ],
});
