import { scenarioIsWhole } from "../../../core/checks/scenario-is-whole";
import { testCheck } from "./rows";

const at = "runbooks/ex/incident-response.md:3";
const needs = "It needs Symptoms, Impact, Diagnosis, Remediation, Escalation, in this order.";

testCheck(scenarioIsWhole, {
  accepted: [
    {
      name: "headings that are no scenario",
      markdown: (text) => `${text}
## Scenarios
`,
    },
  ],
  reported: [
    {
      name: "a missing part",
      markdown: (text) => text.replace("### Impact\n\nDelays.\n\n", ""),
      findings: [`${at}: "Scenario 1: Deep mailboxes" has the headings Symptoms, Diagnosis, Remediation, Escalation. ${needs}`],
    },
    {
      name: "parts in another order",
      markdown: (text) =>
        text.replace("### Impact", "### X").replace("### Symptoms", "### Impact").replace("### X", "### Symptoms"),
      findings: [
        `${at}: "Scenario 1: Deep mailboxes" has the headings Impact, Symptoms, Diagnosis, Remediation, Escalation. ${needs}`,
      ],
    },
  ],
});
