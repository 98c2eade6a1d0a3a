import { dependencyIsWalked } from "../../../core/checks/dependency-is-walked";
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
        dependencies: ex ? [{ service: ex, upstream: { id: "db", title: "DB" }, reason: "x", seenBy: [] }] : [],
      },
    },
  ],
  reported: [
    {
      name: "a diagnosis that looks elsewhere first, and a scenario that does not lead there",
      markdown: (text) => text.replace("1. **Check upstream.**", "1. **Look around.** Well.\n\n2. **Check upstream.**"),
      model: { dependencies },
      findings: [
        'runbooks/ex/incident-response.md:3: in "Scenario 1: Deep mailboxes" the Diagnosis begins with "Look around" instead of "Check upstream", and nothing links to a runbook of up, though ex leans on up (services/ex/index.ts). A step is a numbered item that begins in bold: `1. **Check upstream.** … [Example](../up/incident-response.md)`. `npm run generate` writes one that is missing.',
      ],
    },
    {
      name: "a second dependency whose step is nowhere",
      markdown: (text) => text.replace("Is it there?", "[There](../up/incident-response.md)?"),
      model: {
        dependencies: [...dependencies, ...dependencies.map((dependency) => ({ ...dependency, step: "Check the other" }))],
      },
      findings: [
        'runbooks/ex/incident-response.md:3: in "Scenario 1: Deep mailboxes" the Diagnosis lacks the step "Check the other", though ex leans on up (services/ex/index.ts). A step is a numbered item that begins in bold: `1. **Check the other.** … [Example](../up/incident-response.md)`. `npm run generate` writes one that is missing.',
      ],
    },
  ],
});
