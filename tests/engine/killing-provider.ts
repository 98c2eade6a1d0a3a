import fs from "node:fs";
import { join } from "node:path";
import type { Provider } from "@pulumi/pulumi/provider";
import { z } from "zod";
import { killBelow } from "./process-tree";

/**
 * When and whom to kill: a moment is the start of the providers, a request to one of them, or a change of a file below the
 * deployed folder, before it is made. Without `afterMs` the kill comes within the moment, nothing in between.
 */
export const killPlan = z.object({
  moment: z.number(),
  afterMs: z.number(),
  victims: z.enum(["everything", "engine", "command"]),
});
export type KillPlan = z.infer<typeof killPlan>;

/** The files by which a test and these providers talk, beside the deployed folder. */
export const killFiles = { plan: "kill-plan.json", moments: "moments", killed: "killed" } as const;

const command = process.ppid;
const { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } = fs;
let passed = 0;
let isWatching = false;

/** A provider that kills at the moment of a plan. The moments of all providers are counted together. */
export function killing(real: Provider, target: string): Provider {
  if (!isWatching) watch(target);
  isWatching = true;
  return new Proxy(real, {
    get(provider, key) {
      const value: unknown = Reflect.get(provider, key);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        pass(target, String(key));
        return Reflect.apply(value, provider, args);
      };
    },
  });
}

function watch(target: string): void {
  // Stays until the command itself ends, so that the last moments of a run can be hit.
  process.on("SIGTERM", () => undefined);
  Object.assign(fs, {
    writeFileSync: (...args: Parameters<typeof writeFileSync>) => {
      passFile(target, args[0]);
      writeFileSync(...args);
    },
    renameSync: (...args: Parameters<typeof renameSync>) => {
      passFile(target, args[0]);
      renameSync(...args);
    },
    rmSync: (...args: Parameters<typeof rmSync>) => {
      passFile(target, args[0]);
      rmSync(...args);
    },
  });
  pass(target, "start");
}

function passFile(target: string, path: fs.PathOrFileDescriptor): void {
  if (typeof path === "string" && path.startsWith(target)) pass(target, "file");
}

function pass(target: string, what: string): void {
  const stackFolder = join(target, "..");
  passed += 1;
  appendFileSync(join(stackFolder, killFiles.moments), `${what}\n`);
  const planFile = join(stackFolder, killFiles.plan);
  if (!existsSync(planFile)) return;
  const plan = killPlan.parse(JSON.parse(readFileSync(planFile, "utf8")));
  if (passed !== plan.moment) return;
  if (plan.afterMs === 0) killWhenThereIsWhom(stackFolder, plan);
  else setTimeout(() => killWhenThereIsWhom(stackFolder, plan), plan.afterMs);
}

// The engine runs several times in one operation, with gaps between.
function killWhenThereIsWhom(stackFolder: string, plan: KillPlan): void {
  writeFileSync(join(stackFolder, killFiles.killed), plan.victims);
  if (killBelow(command, plan.victims).length > 0) return;
  rmSync(join(stackFolder, killFiles.killed));
  setTimeout(() => killWhenThereIsWhom(stackFolder, plan), 5);
}
