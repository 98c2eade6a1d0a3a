import { loadProgram } from "../../machine/embedded/stack/program";
import { withStack } from "../../machine/embedded/stack/stack";
import type { RunRequest, RunResult } from "./scratch-project";

// One operation in a process of its own, as a person runs it: the program is loaded afresh, and the engine's loose ends end with it.
// When whoever waits for it is gone, it ends in order, as after `kill`.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.once("message", (request: RunRequest) => {
  void run(request).then((result) => {
    process.send?.(result, () => process.exit(0));
  });
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
