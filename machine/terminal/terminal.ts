import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { isColorSupported } from "picocolors";

/** Where a person reads, answers and interrupts. */
export interface Terminal {
  /** Whether someone sits there who can be asked, and who sees a screen that can be redrawn. */
  readonly isInteractive: boolean;
  readonly isColored: boolean;
  /** How wide the screen is. */
  readonly columns: () => number;
  readonly write: (text: string) => void;
  /** Hands over a document that another program reads, and nothing else. */
  readonly print: (document: string) => void;
  /** What the person types; undefined when there is no answer: Ctrl-C or Ctrl-D. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Aborted by Ctrl-C and by `kill`. */
  readonly signal: AbortSignal;
}

/** What time it is, and the passing of it. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
};

/**
 * Runs work on the terminal that this process was started from. The first Ctrl-C ends it in order, the second at once.
 * Where a document goes to standard output, the words for people go to standard error.
 */
export async function onTerminal<T>(
  work: (terminal: Terminal) => Promise<T>,
  words: NodeJS.WriteStream = process.stdout,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    return await work({
      isInteractive: process.stdin.isTTY && words.isTTY,
      isColored: isColorSupported && words.isTTY === process.stdout.isTTY,
      columns: () => words.columns,
      write: (text) => void words.write(text),
      print: (document) => console.log(document),
      ask: (question) => ask(question, words, interrupt),
      signal: controller.signal,
    });
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

// readline takes Ctrl-C for itself while it reads.
function ask(question: string, output: NodeJS.WriteStream, interrupt: () => void): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output });
  return new Promise((resolve) => {
    reader.on("SIGINT", () => {
      interrupt();
      reader.close();
    });
    reader.once("close", () => resolve(undefined));
    reader.question(question, (answer) => {
      resolve(answer);
      reader.close();
    });
  });
}
