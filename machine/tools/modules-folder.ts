import { join } from "node:path";

/** Where the pins of all tools lie, a folder each. */
export function modulesFolder(projectRoot: string): string {
  return join(projectRoot, "machine", "tools", "modules");
}
