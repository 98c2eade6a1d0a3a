import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { type EngineState, readEngineState } from "../../machine/embedded/stack/engine-state";
import { asProperties, type Properties } from "../../machine/embedded/provider/property-values";
import { filesIn } from "./deployed";

type Resource = EngineState["resources"][number];

/** What a stack has deployed and what its state knows: equal for equal deployments, whenever they were made. */
export interface StackSnapshot {
  readonly files: Readonly<Record<string, string>>;
  readonly resources: readonly object[];
  readonly pendingOperations: readonly unknown[];
}

/** Takes the snapshot of a stack from its folder. */
export function snapshotOf(stackFolder: string): StackSnapshot {
  const { resources, pendingOperations } = readEngineState(join(stackFolder, "state"));
  // The engine stores what it did in the order in which it happened to be done.
  const inOrder = resources.toSorted((left, right) => (left.urn < right.urn ? -1 : 1));
  return {
    files: contentsOf(join(stackFolder, "deployed")),
    resources: inOrder.map(comparable).map(withoutCiphertexts),
    pendingOperations,
  };
}

/** Every file below a folder with its content, by its path there. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(filesIn(folder).map((file) => [relative(folder, file), readFileSync(file, "utf8")]));
}

function comparable({ created: _, modified: __, ...resource }: Resource): object {
  const { type, provider, dependencies, propertyDependencies } = resource;
  const properties = Object.entries(asProperties(propertyDependencies ?? {}));
  return {
    ...resource,
    // The provider of each package has an identifier that is drawn when it is created, and its resources name it.
    ...(type.startsWith("pulumi:providers:") && { id: "" }),
    ...(typeof provider === "string" && { provider: provider.replace(/::[^:]*$/, "") }),
    outputs: readDashboard(asProperties(resource["outputs"])),
    dependencies: sorted(dependencies),
    propertyDependencies: Object.fromEntries(properties.map(([name, urns]) => [name, sorted(urns)])),
  };
}

// A secret is encrypted anew with each deployment.
function withoutCiphertexts(resource: object): object {
  const text = JSON.stringify(resource, (key, value: unknown) => (key === "ciphertext" ? "" : value));
  return z.looseObject({}).parse(JSON.parse(text));
}

// As the providers compare a dashboard: by what its JSON means. What a refresh has read is written otherwise than what the program gave.
function readDashboard(outputs: Properties): Properties {
  const { configJson } = outputs;
  return typeof configJson === "string" ? { ...outputs, configJson: JSON.parse(configJson) as unknown } : outputs;
}

// The engine keeps no order in what is a set.
function sorted(urns: unknown): unknown {
  return Array.isArray(urns) ? urns.map(String).sort() : [];
}
