import { isNativeError } from "node:util/types";
import type { Deadline } from "./answer";

/**
 * Runs work that must stop when its signal is aborted: when the time is up, or when a person interrupts.
 * Work that fails after that fails for that reason.
 */
export async function withinDeadline<T>(
  { timeoutSeconds, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // AbortSignal.any() would do, but in Node 20 its result can be collected as garbage before it is aborted.
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new Error("interrupted"));
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? reasonOf(controller.signal) : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
  }
}

/** Why a signal was aborted. */
export function reasonOf(signal: AbortSignal): Error {
  return isNativeError(signal.reason) ? signal.reason : new Error("interrupted");
}
