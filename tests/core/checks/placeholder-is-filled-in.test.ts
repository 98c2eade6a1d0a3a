import { placeholderIsFilledIn } from "../../../core/checks/placeholder-is-filled-in";
import { queryOf } from "../../../core/model/query";
import { toFill } from "../../../core/model/to-fill";
import { testCheck } from "./rows";

const left = toFill("what users lose");

testCheck(placeholderIsFilledIn, {
  accepted: [
    { name: "words about filling", alert: { impact: "Somebody has to fill in forms." } },
    { name: "a runbook about filling in", markdown: (text) => `${text}\nFill in the form of the incident.\n` },
    {
      name: "what a runbook has from an alert, where it is reported",
      markdown: (text) =>
        `${text}\n<!-- impact: written by \`npm run generate\` -->\n\n- \`EXDeep\`: ${left}\n\n<!-- end of impact -->\n`,
    },
    { name: "a title with brackets", alert: { summary: "Queue [a] is full" } },
  ],
  reported: [
    {
      name: "an impact that nobody has written yet",
      alert: { impact: left },
      findings: ["services/ex/alerts.ts EXDeep: is left to fill in: what users lose."],
    },
    {
      name: "a trigger of an expression that was imported",
      alert: { when: { expression: queryOf("ex_queue_depth > 1"), trigger: left } },
      findings: ["services/ex/alerts.ts EXDeep: is left to fill in: what users lose."],
    },
    {
      name: "a line of a runbook",
      markdown: (text) => `${left}\n${text}`,
      findings: ["runbooks/ex/incident-response.md:1: is left to fill in: what users lose."],
    },
  ],
});
