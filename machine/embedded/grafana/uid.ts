import type { CheckFailure } from "@pulumi/pulumi/provider";

/** A uid to check, the property that holds it, and what it names. */
export interface UidToCheck {
  readonly property: string;
  readonly uid: unknown;
  readonly noun: string;
}

/** Refuses a uid that Grafana would refuse, and a missing one: Grafana would make one up, and no link could point there. */
export function checkUid({ property, uid, noun }: UidToCheck): CheckFailure[] {
  if (typeof uid !== "string" || uid === "")
    return [{ property, reason: `A ${noun} needs a uid: Grafana would make one up, and no link could point there.` }];
  if (uid.length <= 40 && /^[A-Za-z0-9_-]+$/.test(uid)) return [];
  return [
    {
      property,
      reason: `The uid ${JSON.stringify(uid)} is not valid: letters, digits, "-" and "_", at most 40 characters (it has ${uid.length}).`,
    },
  ];
}
