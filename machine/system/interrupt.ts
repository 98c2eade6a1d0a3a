/** A person's wish to stop, as the engine takes it. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Whether a person has asked to stop. */
  readonly wasAsked: () => boolean;
  /** Ends listening. */
  readonly dispose: () => void;
}

/** Listens for Ctrl-C and for `kill`: the first lets the engine end in order, a second one ends this process at once. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  let asked = false;
  const listener = (name: NodeJS.Signals): void => {
    if (asked) process.exit(130);
    asked = true;
    // In a terminal, Ctrl-C has reached the engine too, and a second signal would make it drop everything.
    if (name === "SIGTERM" || !process.stdin.isTTY) controller.abort();
  };
  process.on("SIGINT", listener).on("SIGTERM", listener);
  return {
    signal: controller.signal,
    wasAsked: () => asked,
    dispose: () => void process.off("SIGINT", listener).off("SIGTERM", listener),
  };
}
