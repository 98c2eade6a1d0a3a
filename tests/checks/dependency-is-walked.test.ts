import { dependencyIsWalked } from "../../checks/dependency-is-walked";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const [ex] = exampleModel().services;
const up = ex && { ...ex, id: "up" };
const dependencies = ex && up ? [{ service: ex, upstream: up, reason: "x", seenBy: [], step: "Check upstream" }] : [];

testCheck(dependencyIsWalked, {
  accepted: [
    {
      name: "a scenario with the step and a link",
      markdown: (text) => text.replace("Is it there?", "[There](../up/incident-response.md)?"),
      model: { dependencies },
    },
    {
      name: "an upstream that is not watched here",
      model: {
        dependencies: ex ? [{ service: ex, upstream: { id: "db", title: "DB" }, reason: "x", seenBy: [], step: "x" }] : [],
      },
    },
  ],
  reported: [
    {
      name: "a scenario without step and link",
      markdown: (text) => text.replace("Check upstream", "Look around"),
      model: { dependencies },
      findings: [
        'runbooks/ex/incident-response.md:3: ex leans on up, but "Scenario 1: Deep mailboxes" lacks the step "Check upstream" and a link to a runbook of up.',
      ],
    },
  ],
});
