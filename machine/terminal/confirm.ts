import { UsageError } from "../system/user-error";
import type { Terminal } from "./terminal";

/** What a person has to agree to. */
export interface Confirmation {
  /** Whether they have agreed beforehand, with `--yes`. */
  readonly isConfirmed: boolean;
  readonly terminal: Terminal;
}

/** Refuses to go on where somebody would have to be asked, and nobody can be. */
export function requireAnswer({ isConfirmed, terminal }: Confirmation): void {
  if (!isConfirmed && !terminal.isInteractive)
    throw new UsageError("Not an interactive terminal: pass --yes. Nothing was changed.");
}

/** Asks a question that only "y" or "yes" agrees to, unless it has been agreed to beforehand. */
export async function confirm(question: string, { isConfirmed, terminal }: Confirmation): Promise<boolean> {
  if (isConfirmed) return true;
  const answer = await terminal.ask(`${question} [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}
