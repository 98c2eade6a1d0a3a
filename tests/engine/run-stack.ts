import { loadProgram } from "../../machine/embedded/stack/program";
import { withStack } from "../../machine/embedded/stack/stack";
import type { RunRequest, RunResult } from "./operation-process";

// As a person runs it, or several for the same program. The engine's loose ends end with the process.
// When whoever waits for it is gone, or wants no more, it ends in order, as after `kill`.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.on("message", (request: RunRequest) => {
  void run(request).then((result) => process.send?.(result));
});

async function run({ projectRoot, toolsRoot, stackName, operation, providers }: RunRequest): Promise<RunResult> {
  const request = { projectRoot, toolsRoot, stackName, program: loadProgram(projectRoot), note: () => undefined };
  try {
    const { changes, outputs } = await withStack({ ...request, ...(providers && { providers }) }, (stack) => {
      if (operation === "preview") return stack.preview();
      return operation === "destroy" ? stack.destroy() : stack.up({ refresh: operation === "refresh" });
    });
    return { changes: changes.flatMap(({ kind, name }) => (kind === "unchanged" ? [] : [`${kind} ${name}`])).sort(), outputs };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
