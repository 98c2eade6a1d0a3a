import { isNativeError } from "node:util/types";

/** How long a server may take, and what ends the waiting before that. */
export interface Deadline {
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

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
  const interrupt = (): void => controller.abort(reasonOf(signal));
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

/** Why a signal was aborted: the error that was given with it, or else that somebody interrupted. */
function reasonOf({ reason }: AbortSignal): Error {
  // Without a reason of its own a signal has a DOMException, which says nothing.
  return isNativeError(reason) && !(reason instanceof DOMException) ? reason : new Error("interrupted");
}
