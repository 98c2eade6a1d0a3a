import { runbookHasService } from "../../../core/checks/runbook-has-service";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

testCheck(runbookHasService, {
  accepted: [{ name: "a service without runbooks", model: { runbooks: [] } }],
  reported: [
    {
      name: "runbooks of a service that nobody has registered, however many",
      model: {
        runbooks: exampleModel().runbooks.flatMap((document) => [
          document,
          { ...document, path: "mh/deployment.md" },
          { ...document, path: "mh/incident-response.md" },
        ]),
      },
      findings: [
        'services/index.ts: registers no service "mh", though there is runbooks/mh/. Add the service to the list, or remove its runbooks.',
      ],
    },
  ],
});
