import { panelExplainsAlert } from "../../../core/checks/panel-explains-alert";
import { queryOf } from "../../../core/model/query";
import { testCheck } from "./rows";

testCheck(panelExplainsAlert, {
  accepted: [{ name: "a plural that looks like an alert's name", panel: { description: "How many EXs there are." } }],
  reported: [
    {
      name: "a panel that says nothing",
      panel: { description: " " },
      findings: ["services/ex/dashboards.ts ex-overview/extra: does not say what it shows. Fill in `shows`."],
    },
    {
      name: "the name of an alert that does not watch it",
      panel: { description: "See EXDeep." },
      findings: ["services/ex/dashboards.ts ex-overview/extra: says that EXDeep watches it, which it does not."],
    },
    {
      name: "a condition without words",
      alert: { when: { expression: queryOf("ex_depth > 1"), trigger: "" } },
      findings: [
        'services/ex/alerts.ts EXDeep: has an expression of its own that its panel "depth" cannot explain. Say in `trigger` when it fires.',
      ],
    },
  ],
});
