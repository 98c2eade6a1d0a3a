/** What a change is about, in the order in which a reviewer wants to know. */
export const changeKinds = [
  "alert",
  "runbook section",
  "inhibition",
  "receiver",
  "objective",
  "journey",
  "recording rule",
  "dashboard",
  "panel",
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** One difference between two deployments, by meaning. */
export interface Change {
  readonly kind: ChangeKind;
  readonly action: "added" | "removed" | "renamed" | "changed";
  /** Whose: the alert, the section's path and anchor, the panel as `dashboard / title`. After a renaming, the new name. */
  readonly name: string;
  /** Where it is found in the deployment, when that is not its name: the key of a panel, of a dashboard. */
  readonly key?: string;
  /** What of it, when it is there before and after: "threshold", "for", "query". */
  readonly what?: string;
  readonly before?: string;
  readonly after?: string;
  /** Whom it touches, in a sentence. */
  readonly note?: string;
  /** Of an alert that is new. */
  readonly severity?: string;
  /** The id of the service that is new with it. */
  readonly newService?: string;
}
