import type { HistoryEntry } from "./history";

/** Where a stack is deployed: the folder of the embedded target, or whatever a backend of the official CLI looks after. */
export interface Target {
  /** As people read it: "the embedded target". */
  readonly name: string;
  /** The history of the stack, the newest first. Refuses a stack that cannot be deployed to now. */
  readonly readHistory: () => Promise<readonly HistoryEntry[]>;
  /** Makes the packages of a worktree available. */
  readonly install: (projectRoot: string) => Promise<void>;
  /** What it means to go from the commit that is deployed to a worktree, in lines. */
  readonly tellMeaning: (projectRoot: string, deployedCommit: string) => Promise<readonly string[]>;
  /** Opens the stack with the program, settings and files of a worktree. */
  readonly open: <T>(projectRoot: string, use: (source: Source) => Promise<T>) => Promise<T>;
  /** How the checked-out commit is deployed. */
  readonly forward: string;
}

/** A worktree that is ready to be deployed. Both say what they do. */
export interface Source {
  readonly preview: () => Promise<void>;
  readonly deploy: () => Promise<void>;
}
