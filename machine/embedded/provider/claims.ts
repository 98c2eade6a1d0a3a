/** Which resource of the running program has taken which identity: the second to ask for one learns who has it. */
export class Claims {
  private readonly holders = new Map<string, string>();

  /** Takes an identity, and returns the URN of another resource that has taken it before, if any. */
  take(identity: string, urn: string): string | undefined {
    const holder = this.holders.get(identity);
    if (holder !== undefined && holder !== urn) return holder;
    this.holders.set(identity, urn);
    return undefined;
  }
}

/** The name that the program gave a resource: the last part of its URN. */
export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The type token of a resource: the last segment of the URN's type path. */
export function resourceType(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}
