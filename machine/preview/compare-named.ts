import type { Change, ChangeKind } from "../../core/model/change";

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
  const named = (key: string, value: T): Pick<Change, "kind" | "name" | "key"> => {
    const name = nameOf(key, value);
    return { kind, name, ...(name !== key && { key }) };
  };
  return [
    ...removed.map(([key, value]): Change => ({
      ...named(key, value),
      action: "removed",
      ...describe.removed?.(key, value),
    })),
    ...[...after].flatMap(([key, now]) => {
      const was = before.get(key);
      if (was === undefined) return [];
      return describe.changed(was, now, key).map((change): Change => ({ ...named(key, now), action: "changed", ...change }));
    }),
    ...added.map(([key, value]): Change => ({
      ...named(key, value),
      action: "added",
      ...describe.added?.(key, value),
    })),
  ];
}

/** One part of a thing, if it differs. */
export function differing(what: string, before: string, after: string): readonly Partial<Change>[] {
  return before === after ? [] : [{ what, before, after }];
}
