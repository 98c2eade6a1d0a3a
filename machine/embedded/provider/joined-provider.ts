import { type Provider } from "@pulumi/pulumi/provider";
import { resourceType } from "./claims";

/** Several providers as one, by the package of a resource: the SDK serves one a process, and a process takes a moment to start. */
export function joinProviders(byPackage: ReadonlyMap<string, Provider>): Provider {
  const providerOf = (urn: string): Provider => {
    const provider = byPackage.get(resourceType(urn).split(":")[0] ?? "");
    if (!provider) throw new Error(`The embedded target takes no ${resourceType(urn)}.`);
    return provider;
  };
  return {
    version: "0.0.0",
    check: async (urn, olds, news) => (await providerOf(urn).check?.(urn, olds, news)) ?? {},
    diff: async (id, urn, olds, news) => (await providerOf(urn).diff?.(id, urn, olds, news)) ?? {},
    read: async (id, urn, props) => (await providerOf(urn).read?.(id, urn, props)) ?? {},
    update: async (id, urn, olds, news) => (await providerOf(urn).update?.(id, urn, olds, news)) ?? {},
    delete: async (id, urn, props) => providerOf(urn).delete?.(id, urn, props),
    create: async (urn, inputs) => {
      const created = await providerOf(urn).create?.(urn, inputs);
      if (!created) throw new Error(`The embedded target cannot create a ${resourceType(urn)}.`);
      return created;
    },
  };
}
