import { join } from "node:path";
import { z } from "zod";
import { listFiles, readIfPresent } from "../../system/atomic-file";
import { asProperties } from "../provider/property-values";
import { parseJson } from "../../system/json";

const resourceSchema = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  delete: z.boolean().optional(),
  external: z.boolean().optional(),
});
const operationSchema = z.object({ type: z.string(), resource: resourceSchema });
const checkpointSchema = z.object({
  checkpoint: z.object({
    latest: z
      .object({ resources: z.array(resourceSchema).nullish(), pending_operations: z.array(operationSchema).nullish() })
      .nullish(),
  }),
});
const engineLockSchema = z.object({ pid: z.number(), hostname: z.string(), timestamp: z.string() });

const deploymentSchema = z.looseObject({
  resources: z.array(resourceSchema).optional(),
  pending_operations: z.unknown().optional(),
});

/** What the engine's state file says: the resources that it knows, and the operations that it was in the middle of. */
export interface EngineState {
  readonly resources: readonly z.infer<typeof resourceSchema>[];
  readonly pendingOperations: readonly z.infer<typeof operationSchema>[];
}

/** One of the engine's lock files. */
export interface EngineLock extends z.infer<typeof engineLockSchema> {
  readonly path: string;
}

/** Reads the state of a stack from the engine's file backend. */
export function readEngineState(stateFolder: string): EngineState {
  const stacks = join(stateFolder, ".pulumi", "stacks");
  const [file] = listFiles(stacks).filter((name) => name.endsWith(".json"));
  const text = file === undefined ? undefined : readIfPresent(join(stacks, file));
  const latest = text === undefined ? undefined : checkpointSchema.parse(JSON.parse(text)).checkpoint.latest;
  return { resources: latest?.resources ?? [], pendingOperations: latest?.pending_operations ?? [] };
}

/** Whether the text of a state file is whole. */
export function isReadable(text: string | undefined): boolean {
  return checkpointSchema.safeParse(parseJson(text ?? "")).success;
}

/** The outputs of the stack that the state holds; a secret one differs from whatever a program returns. */
export function readStackOutputs(stateFolder: string): Readonly<Record<string, unknown>> {
  const stack = readEngineState(stateFolder).resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return asProperties(stack?.["outputs"] ?? {});
}

/** What of the state is really deployed: not components, providers or the stack itself, nor what was only looked for. */
export function deployedResources({ resources }: EngineState): EngineState["resources"] {
  return resources.filter((resource) => isEmbedded(resource.type) && resource.delete !== true && resource.external !== true);
}

/** Whether an update stopped half-way: in the middle of an operation, or before it removed what it had replaced. */
export function isUnfinished({ resources, pendingOperations }: EngineState): boolean {
  return pendingOperations.length > 0 || resources.some((resource) => resource.delete === true);
}

/**
 * An exported deployment without the traces of an unfinished update. The engine removes a replaced object after it has created, by
 * its id, so it would remove the object that a return to the former program has just put there under that id. So none waits for its
 * removal any more: where its successor is recorded it is dropped (it stays deployed until the next update is done, and is then
 * removed as unrecorded), else it is the resource again.
 */
export function withoutUnfinished(exported: unknown): Record<string, unknown> {
  const { pending_operations: _, resources = [], ...rest } = deploymentSchema.parse(exported);
  const waits = new Set(resources.filter((resource) => resource.delete === true && isEmbedded(resource.type)));
  const recorded = new Set(resources.filter((resource) => !waits.has(resource)).map(({ urn }) => urn));
  const kept = resources.flatMap((resource) => {
    if (!waits.has(resource)) return [resource];
    if (recorded.has(resource.urn)) return [];
    recorded.add(resource.urn);
    const { delete: _, ...again } = resource;
    return [again];
  });
  return { ...rest, resources: kept };
}

function isEmbedded(type: string): boolean {
  return type.startsWith("kubernetes:") || type.startsWith("grafana:");
}

/** Reads the engine's locks on a stack. An unreadable one is of a process that was killed while it wrote. */
export function readEngineLocks(stateFolder: string): EngineLock[] {
  const folder = join(stateFolder, ".pulumi", "locks");
  return listFiles(folder).map((name) => {
    const path = join(folder, name);
    const parsed = engineLockSchema.safeParse(parseJson(readIfPresent(path) ?? ""));
    return { path, ...(parsed.success ? parsed.data : { pid: 0, hostname: "", timestamp: "" }) };
  });
}
