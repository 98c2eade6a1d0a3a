import { Interrupted } from "../system/user-error";
import { addWorktree } from "../system/worktree";
import { confirm, requireAnswer } from "../terminal/confirm";
import type { Terminal } from "../terminal/terminal";
import { chooseUpdate, describeEntry, findDeployed, short, type Release } from "./choose-update";
import { requireInClone } from "./clone";
import type { Target } from "./target";

/** What to go back to: a version or a commit, else the last good deployment of another commit. */
export interface RollbackRequest {
  readonly projectRoot: string;
  readonly stackName: string;
  readonly to?: string | undefined;
  /** Whether not to ask. */
  readonly isConfirmed: boolean;
}

/** Deploys an earlier commit from a worktree of it: shows the preview, asks, deploys, and says how to go forward again. */
export async function runRollback(request: RollbackRequest, target: Target, terminal: Terminal): Promise<number> {
  const { projectRoot, stackName, to, isConfirmed } = request;
  const note = (line: string): void => terminal.write(`${line}\n`);
  requireAnswer({ isConfirmed, terminal });
  note(`Stack ${stackName} of ${target.name}`);
  const history = await target.readHistory();
  const release = chooseUpdate({ stackName, history, to });
  await requireInClone(projectRoot, release, stackName.split("/").at(-1) ?? stackName);
  const deployed = findDeployed(history);
  note(
    `  from  ${deployed ? `${describeEntry(deployed)}${deployed.result === "succeeded" ? "" : `, ${deployed.result}`}` : "nothing"}`,
  );
  note(`  to    ${describeEntry(release)}\n`);
  const worktree = await addWorktree(projectRoot, release.commit);
  try {
    await target.install(worktree.projectRoot);
    if (deployed?.commit !== undefined && deployed.commit !== release.commit) {
      note("What changes:");
      for (const line of await target.tellMeaning(worktree.projectRoot, deployed.commit)) note(line);
      note("");
    }
    const isDeployed = await target.open(worktree.projectRoot, async ({ preview, deploy }) => {
      stopIfInterrupted(terminal);
      note("Previewing …");
      await preview();
      if (!(await confirm("Deploy this?", { isConfirmed, terminal }))) return false;
      stopIfInterrupted(terminal);
      note("Deploying …\n");
      await deploy();
      return true;
    });
    return isDeployed ? conclude(note, release, { stackName, forward: target.forward }) : decline(note);
  } finally {
    await worktree.remove();
  }
}

function stopIfInterrupted({ signal }: Terminal): void {
  if (signal.aborted) throw new Interrupted("Interrupted. Nothing was deployed.");
}

function decline(note: (line: string) => void): number {
  note("Nothing was deployed.");
  return 1;
}

function conclude(
  note: (line: string) => void,
  { commit, message }: Release,
  { stackName, forward }: { readonly stackName: string; readonly forward: string },
): number {
  note(`Stack ${stackName} is now as commit ${short(commit)} has it: ${message}`);
  note(`To go forward again: ${forward}`);
  return 0;
}
