import { groupBy } from "../model/group-by";
import { runbookService } from "../model/runbook";
import { problem, type Check } from "./check";

/** Runbooks of a service that is not deployed are read by nobody; of one that somebody forgot to register, everything else would seem wrong. */
export const runbookHasService: Check = {
  id: "runbook-has-service",
  description: "Every folder of runbooks is that of a deployed service.",
  severity: "error",
  run: ({ services, runbooks }) =>
    [...groupBy(runbooks, ({ path }) => runbookService(path)).keys()]
      .filter((folder) => services.every(({ id }) => id !== folder))
      .map((folder) =>
        problem(
          { file: "services/index.ts" },
          `registers no service "${folder}", though there is runbooks/${folder}/. Add the service to the list, or remove its runbooks.`,
        ),
      ),
};
