import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Provider } from "@pulumi/pulumi/provider";

/** A provider that fails at the k-th operation that changes something. */
export function failing(real: Provider, target: string): Provider {
  return acting(real, target, () => {
    throw new Error("the API is gone");
  });
}

/**
 * A provider that does something before the k-th operation that changes something. k stands in the file `fail-at`
 * beside the target; the operations of all providers are counted together.
 */
export function acting(real: Provider, target: string, act: () => void): Provider {
  const counted = join(target, "..", "operations");
  const count = (): void => {
    appendFileSync(counted, ".");
    if (statSync(counted).size === Number(readFileSync(join(target, "..", "fail-at"), "utf8"))) act();
  };
  const { create, update, delete: remove } = real;
  return Object.assign(Object.create(real) as Provider, {
    ...(create && {
      create: async (...args: Parameters<typeof create>) => {
        count();
        return create.apply(real, args);
      },
    }),
    ...(update && {
      update: async (...args: Parameters<typeof update>) => {
        count();
        return update.apply(real, args);
      },
    }),
    ...(remove && {
      delete: async (...args: Parameters<typeof remove>) => {
        count();
        return remove.apply(real, args);
      },
    }),
  });
}
