import { alertIsTested } from "../../../core/checks/alert-is-tested";
import { deepAlert } from "./example";
import { testCheck } from "./rows";

const at = "services/ex/alerts.ts EXDeep";

testCheck(alertIsTested, {
  accepted: [],
  reported: [
    {
      name: "no examples",
      alert: { examples: [] },
      findings: [`${at}: has no example: one that fires and one that stays quiet. Add it to \`examples\`.`],
    },
    {
      name: "only one that fires",
      alert: { examples: deepAlert.examples.filter(({ type }) => type === "fires") },
      findings: [`${at}: has no example: one that stays quiet. Add it to \`examples\`.`],
    },
  ],
});
