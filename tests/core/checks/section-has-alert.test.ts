import { sectionHasAlert } from "../../../core/checks/section-has-alert";
import { testCheck } from "./rows";

testCheck(sectionHasAlert, {
  accepted: [
    { name: "a section that is no scenario", markdown: (text) => `${text}\n## Before you start\n` },
    {
      name: "a scenario with the reason below it",
      markdown: (text) => `${text}\n## Scenario 2: By hand\n\n<!-- accept section-has-alert: Users report it. -->\n`,
    },
  ],
  reported: [
    {
      name: "a scenario that nobody is led to",
      markdown: (text) => `${text}\n## Scenario 2: Forgotten\n`,
      findings: [
        'runbooks/ex/incident-response.md:29: no alert leads to "Scenario 2: Forgotten". Add one, or write why there is none below the heading: `<!-- accept section-has-alert: reason -->`.',
      ],
    },
  ],
});
