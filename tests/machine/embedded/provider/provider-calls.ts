import { type CheckFailure, type DiffResult, type Provider } from "@pulumi/pulumi/provider";
import { asProperties, type Properties } from "../../../../machine/embedded/provider/property-values";

/** An existing resource before and after a change. */
export interface Change {
  readonly id: string;
  readonly urn: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A provider whose every method exists and has a type, as the engine sees it. */
export class ProviderCalls {
  constructor(private readonly provider: Provider) {}

  /** The failures as one reads them, a line each. */
  async complaints(urn: string, inputs: unknown): Promise<string[]> {
    const result = await this.provider.check?.(urn, {}, inputs);
    const failures: CheckFailure[] = result?.failures ?? [];
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  }

  async create(urn: string, inputs: unknown): Promise<{ id: string; outs: Properties }> {
    const created = present(await this.provider.create?.(urn, inputs));
    return { id: created.id, outs: asProperties(created.outs) };
  }

  async read(
    id: string,
    urn: string,
    properties: unknown,
  ): Promise<{ id: string | undefined; props: Properties; inputs: Properties }> {
    const found = present(await this.provider.read?.(id, urn, properties));
    return { id: found.id, props: asProperties(found.props), inputs: asProperties(found.inputs) };
  }

  async diff({ id, urn, before, after }: Change): Promise<DiffResult> {
    return present(await this.provider.diff?.(id, urn, before, after));
  }

  async update({ id, urn, before, after }: Change): Promise<void> {
    await this.provider.update?.(id, urn, before, after);
  }

  async delete(id: string, urn: string): Promise<void> {
    await this.provider.delete?.(id, urn, {});
  }
}

/** What reading finds where there is nothing. */
export const gone = { id: "", props: {}, inputs: {} };

/** The URN of a resource of this type and name. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::sample::${type}::${name}`;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The provider lacks this method.");
  return value;
}
