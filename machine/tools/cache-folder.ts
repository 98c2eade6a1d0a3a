import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The environment variable that moves the cache. */
export const cacheVariable = "DARK_TOWER_CACHE";

const name = "dark-tower-observability";

/** The folder in which every clone of this user finds the same tools: what DARK_TOWER_CACHE says, else the system's place for caches. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const chosen = environment[cacheVariable];
  if (chosen !== undefined && chosen !== "") return chosen;
  if (platform === "darwin") return join(homedir(), "Library", "Caches", name);
  if (platform === "win32") return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), name);
  const xdg = environment["XDG_CACHE_HOME"];
  // The XDG specification: a relative path is ignored.
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), name);
}
