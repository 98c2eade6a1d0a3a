import type { CheckFailure, DiffResult, Provider } from "@pulumi/pulumi/provider";
import { asProperties, hasUnknown, plainValue, type Properties } from "./property-values";

/** A resource as the state knows it: its identifier and its outputs. */
export interface Recorded {
  readonly id: string;
  readonly outs: Properties;
}

/** What a provider finds when it looks for a resource: its outputs, and the inputs that lead to them. */
export interface Found {
  readonly props: Properties;
  readonly inputs: Properties;
}

/**
 * What a provider of the embedded target does. Everything is done at once, without waiting, so that two operations never interleave.
 * `inputs` and `outs` come and go as the engine has them, secrets wrapped; what is only looked at comes plain.
 */
export interface EmbeddedProvider {
  /** Failures of plain inputs; `isNew` when no resource exists yet. */
  check(urn: string, inputs: Properties, isNew: boolean): CheckFailure[];
  diff(urn: string, before: Properties, after: Properties): DiffResult;
  create(urn: string, inputs: Properties): Recorded;
  update(urn: string, inputs: Properties): Properties;
  remove(urn: string, id: string): void;
  /** Undefined when there is no such resource any longer. */
  read(urn: string, { id, outs }: Recorded): Found | undefined;
}

/** An embedded provider in the form in which the SDK serves it to the engine. */
export function serveToEngine(provider: EmbeddedProvider): Provider {
  return {
    version: "0.0.0",
    check: (urn, olds: unknown, news: unknown) =>
      settle(() => {
        const inputs = plainProperties(news);
        // A preview does not know everything yet; the update checks again.
        const isNew = Object.keys(asProperties(olds)).length === 0;
        return { inputs: news, failures: hasUnknown(inputs) ? [] : provider.check(urn, inputs, isNew) };
      }),
    diff: (_id, urn, olds: unknown, news: unknown) =>
      settle(() => provider.diff(urn, plainProperties(olds), plainProperties(news))),
    create: (urn, inputs: unknown) => settle(() => provider.create(urn, asProperties(inputs))),
    update: (_id, urn, _olds: unknown, news: unknown) => settle(() => ({ outs: provider.update(urn, asProperties(news)) })),
    delete: (id, urn) =>
      settle(() => {
        provider.remove(urn, id);
      }),
    // An empty identifier tells the engine that the resource is gone.
    read: (id, urn, props: unknown) =>
      settle(() => {
        const found = provider.read(urn, { id, outs: asProperties(props) });
        return found === undefined ? { id: "", props: {} } : { id, ...found };
      }),
  };
}

/** Properties without the engine's wrappers. */
export function plainProperties(value: unknown): Properties {
  return asProperties(plainValue(value));
}

function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
