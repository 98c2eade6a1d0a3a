import { UserError } from "../system/user-error";
import type { HistoryEntry } from "./history";

/** A deployment that can be repeated, because its commit is known. */
export interface Release extends HistoryEntry {
  readonly commit: string;
}

/** A stack's history, the newest first, and which of its deployments is wanted: a version or a commit, or the last good one. */
export interface Selection {
  readonly stackName: string;
  readonly history: readonly HistoryEntry[];
  readonly to?: string | undefined;
}

/** Chooses the deployment to go back to, or refuses with the reason and with those that can be chosen. */
export function chooseUpdate(selection: Selection): Release {
  const { stackName, history, to } = selection;
  const refuse = (reason: string): UserError => new UserError(`${reason} Nothing was changed.${listChoices(history)}`);
  const updates = history.filter(({ kind }) => kind === "update");
  if (updates.length === 0) throw refuse(`Stack "${stackName}" was never deployed.`);
  if (!updates.some(isRelease))
    throw refuse(
      `The history of stack "${stackName}" names no commit, so there is nothing to go back to. The engine records the commit of what is deployed from a git repository.`,
    );
  const chosen = to === undefined ? chooseLastGood(history) : findWanted(selection, to, refuse);
  if (!chosen) throw refuse(`Stack "${stackName}" has no good deployment of another commit to go back to.`);
  if (chosen.isDirty)
    throw refuse(
      `Version ${chosen.version} of stack "${stackName}" was deployed from commit ${short(chosen.commit)} with changes that were not committed: what it deployed is in no commit.`,
    );
  return chosen;
}

/** What is deployed now, as far as the history knows: the last update, or nothing after a removal. */
export function findDeployed(history: readonly HistoryEntry[]): HistoryEntry | undefined {
  const last = history.find(changesWhatIsDeployed);
  return last?.kind === "update" ? last : undefined;
}

/** A commit as people read it. */
export function short(commit: string): string {
  return commit.slice(0, 7);
}

/** An entry on one line. */
export function describeEntry({ version, commit, message, time, author }: HistoryEntry): string {
  const when = `${time.slice(0, 16).replace("T", " ")} UTC`;
  const who = author === undefined ? "" : `, ${author}`;
  return `version ${version}, commit ${commit === undefined ? "unknown" : short(commit)}: ${message} (deployed ${when}${who})`;
}

/**
 * The last good deployment of another commit than what is deployed. After a deployment that failed, that is the one before it;
 * if what failed was itself a return to an earlier one, it is tried again.
 */
function chooseLastGood(history: readonly HistoryEntry[]): Release | undefined {
  const good = history.filter(isGood);
  const last = history.find(changesWhatIsDeployed);
  const whole = history.find(hasSucceeded);
  if (last?.kind === "destroy") return good[0];
  if (last?.result !== "succeeded" && last?.commit !== whole?.commit)
    return good.find(({ commit }) => commit === last?.commit) ?? good[0];
  return good.find(({ commit }) => commit !== whole?.commit);
}

function findWanted({ stackName, history }: Selection, to: string, refuse: (reason: string) => UserError): Release {
  const entry = history.find(({ version }) => String(version) === to);
  if (entry) {
    if (entry.kind !== "update") throw refuse(`Version ${to} of stack "${stackName}" is no deployment but: ${entry.kind}.`);
    if (entry.result !== "succeeded")
      throw refuse(`Version ${to} of stack "${stackName}" is no good deployment: ${entry.result}.`);
    if (!isRelease(entry)) throw refuse(`The history names no commit for version ${to} of stack "${stackName}".`);
    return entry;
  }
  if (!/^[0-9a-f]{4,40}$/i.test(to)) throw refuse(`Stack "${stackName}" has no version ${to}.`);
  const found = history.filter(isRelease).filter(({ commit }) => commit.startsWith(to.toLowerCase()));
  const commits = new Set(found.map(({ commit }) => commit));
  if (commits.size > 1) throw refuse(`More than one deployed commit of stack "${stackName}" begins with ${to}.`);
  if (commits.size === 0) throw refuse(`Commit ${to} was never deployed to stack "${stackName}".`);
  const good = found.filter(isGood);
  const wanted = good.find(({ isDirty }) => !isDirty) ?? good[0];
  if (!wanted) throw refuse(`Commit ${to} was never deployed well to stack "${stackName}".`);
  return wanted;
}

function changesWhatIsDeployed({ kind }: HistoryEntry): boolean {
  return kind === "update" || kind === "destroy";
}

function isRelease(entry: HistoryEntry): entry is Release {
  return entry.commit !== undefined;
}

function hasSucceeded({ kind, result }: HistoryEntry): boolean {
  return kind === "update" && result === "succeeded";
}

function isGood(entry: HistoryEntry): entry is Release {
  return hasSucceeded(entry) && isRelease(entry);
}

const mostChoices = 10;

/** The last deployment of each commit that can be gone back to. */
function listChoices(history: readonly HistoryEntry[]): string {
  const clean = history.filter(isGood).filter(({ isDirty }) => !isDirty);
  const choices = clean.filter((entry) => clean.find(({ commit }) => commit === entry.commit) === entry).slice(0, mostChoices);
  if (choices.length === 0) return "";
  return ["\nIt can go back to:", ...choices.map((entry) => `  --to ${entry.version}  ${describeEntry(entry)}`)].join("\n");
}
