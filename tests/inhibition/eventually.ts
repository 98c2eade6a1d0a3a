import { setTimeout as sleep } from "node:timers/promises";

const timeoutSeconds = 60;

/** Looks again and again until nothing is wrong with what is seen; after a minute it fails with what was. */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(100);
  }
}
