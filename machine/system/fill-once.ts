import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRunning } from "./processes";

/**
 * Fills a folder that has its name only when it is whole: whoever finds it may use it, and nothing of a failed or killed
 * run is ever found. Two at once end with the same folder.
 */
export async function fillOnce(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.${process.pid}.${randomBytes(4).toString("hex")}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  try {
    removeLeftovers(dirname(folder));
    await fill(unfinished);
    takeName(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function takeName(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was first, with the same content.
    if (!existsSync(folder)) throw error;
  }
}

// What a killed run left. Young ones stay: their process may run on another machine, or in another container, that shares the cache.
function removeLeftovers(parent: string): void {
  const anHourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(parent)) {
    const pid = /\.(\d+)\.[0-9a-f]+\.unfinished$/.exec(name)?.[1];
    const path = join(parent, name);
    if (pid !== undefined && !isRunning(Number(pid)) && statSync(path).mtimeMs < anHourAgo)
      rmSync(path, { recursive: true, force: true });
  }
}
