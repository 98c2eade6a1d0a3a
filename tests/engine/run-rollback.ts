import { runRequest, type RollbackRun } from "./releases";

// One rollback in a process of its own. It loads what it deploys, and its engine's loose ends end with it.
process.once("message", (request: RollbackRun) => {
  void runRequest(request).then((outcome) => {
    process.send?.(outcome, () => process.exit(0));
  });
});
