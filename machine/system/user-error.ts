/** Something the person at the keyboard can put right: its message is shown alone, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What the command exits with: docs/operations.md, "Exit codes". */
  readonly exitCode: number = 1;
}

/** A command line that cannot be understood, or not be carried out here: nothing was done. */
export class UsageError extends UserError {
  override readonly exitCode = 2;
}

/** Somebody pressed Ctrl-C, or ended the process with `kill`. */
export class Interrupted extends UserError {
  override readonly exitCode = 130;
}
