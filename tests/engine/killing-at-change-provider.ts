import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Provider } from "@pulumi/pulumi/provider";
import { z } from "zod";
import { createProvider as createReal } from "../../machine/embedded/kubernetes/provider";
import { acting } from "./failing-provider";

/** Ends the process that works on the stack, as `kill -9` does, when the k-th change begins. */
export function createProvider(target: string): Provider {
  return acting(createReal(target), target, () => {
    const { pid } = z.object({ pid: z.number() }).parse(JSON.parse(readFileSync(join(target, "..", "lock.json"), "utf8")));
    process.kill(pid, "SIGKILL");
  });
}
