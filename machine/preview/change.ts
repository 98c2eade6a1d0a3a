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
  /** What of it, when it is there before and after: "threshold", "for", "query". */
  readonly what?: string;
  readonly before?: string;
  readonly after?: string;
  /** Whom it touches, in a sentence. */
  readonly note?: string;
}

/** The changes of things that are named: those gone, those new, and what has changed in those that stay. */
export function compareNamed<T>(
  kind: ChangeKind,
  { before, after }: { readonly before: ReadonlyMap<string, T>; readonly after: ReadonlyMap<string, T> },
  describe: {
    readonly nameOf?: (key: string, value: T) => string;
    readonly added?: (key: string, value: T) => Partial<Change>;
    readonly removed?: (key: string, value: T) => Partial<Change>;
    readonly changed: (before: T, after: T, key: string) => readonly Partial<Change>[];
  },
): readonly Change[] {
  const { nameOf = (key: string) => key } = describe;
  const removed = [...before].filter(([key]) => !after.has(key));
  const added = [...after].filter(([key]) => !before.has(key));
  return [
    ...removed.map(([key, value]): Change => ({
      kind,
      action: "removed",
      name: nameOf(key, value),
      ...describe.removed?.(key, value),
    })),
    ...[...after].flatMap(([key, now]) => {
      const was = before.get(key);
      if (was === undefined) return [];
      return describe
        .changed(was, now, key)
        .map((change): Change => ({ kind, action: "changed", name: nameOf(key, now), ...change }));
    }),
    ...added.map(([key, value]): Change => ({
      kind,
      action: "added",
      name: nameOf(key, value),
      ...describe.added?.(key, value),
    })),
  ];
}

/** One part of a thing, if it differs. */
export function differing(what: string, before: string, after: string): readonly Partial<Change>[] {
  return before === after ? [] : [{ what, before, after }];
}
