/** Where progress is told: a terminal that a person looks at. */
export type ProgressTerminal = Pick<NodeJS.WriteStream, "isTTY" | "write">;

const eraseLine = "\r\u001b[2K";

/**
 * Tells how long work goes that leaves no time to others: at most once a second, after the first, and only on a terminal. `end`
 * takes it away again.
 */
export function progressOn(
  terminal: ProgressTerminal = process.stderr,
  now: () => number = Date.now,
): { readonly say: (line: string) => void; readonly end: () => void } {
  let told = now();
  let isShown = false;
  return {
    say: (line) => {
      if (!terminal.isTTY || now() - told < 1000) return;
      told = now();
      isShown = true;
      terminal.write(`${eraseLine}${line}`);
    },
    end: () => {
      if (isShown) terminal.write(eraseLine);
    },
  };
}
