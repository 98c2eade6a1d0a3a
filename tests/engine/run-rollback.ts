import { embeddedTarget } from "../../rollback/embedded-target";
import { runRollback } from "../../rollback/run-rollback";
import { recordingTerminal } from "../gate/recording-terminal";
import type { RollbackOutcome, RollbackRun } from "./releases";

// One rollback in a process of its own, as a person runs it, so that it can be killed.
process.once("message", (request: RollbackRun) => {
  void run(request).then((outcome) => {
    process.send?.(outcome, () => process.exit(0));
  });
});

async function run({ projectRoot, toolsRoot, stackName, to, answer, providers }: RollbackRun): Promise<RollbackOutcome> {
  const terminal = recordingTerminal(answer === undefined ? undefined : [answer]);
  const note = (line: string): void => terminal.write(`${line}\n`);
  const target = embeddedTarget({ projectRoot, toolsRoot, stackName, note, ...(providers && { providers }) });
  const request = { projectRoot, stackName, to, isConfirmed: answer === "--yes" };
  try {
    return { code: await runRollback(request, target, terminal), printed: terminal.written() };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error), printed: terminal.written() };
  }
}
