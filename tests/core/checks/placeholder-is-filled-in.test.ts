import { placeholderIsFilledIn } from "../../../core/checks/placeholder-is-filled-in";
import { toFill } from "../../../core/model/to-fill";
import { testCheck } from "./rows";

const left = toFill("what users lose");

testCheck(placeholderIsFilledIn, {
  accepted: [
    { name: "words about filling", alert: { impact: "Somebody has to fill in forms." } },
    { name: "a runbook about filling in", markdown: (text) => `${text}\nFill in the form of the incident.\n` },
    { name: "a title with brackets", alert: { summary: "Queue [a] is full" } },
  ],
  reported: [
    {
      name: "an impact that nobody has written yet",
      alert: { impact: left },
      findings: ["services/ex/alerts.ts EXDeep: is left to fill in: what users lose."],
    },
    {
      name: "a line of a runbook",
      markdown: (text) => `${left}\n${text}`,
      findings: ["runbooks/ex/incident-response.md:1: is left to fill in: what users lose."],
    },
  ],
});
