/** Where to say how a long step goes. */
export interface ProgressDisplay {
  readonly note: (line: string) => void;
  /** The terminal that a person looks at. Without it: standard output, when that is one. */
  readonly terminal?: Pick<NodeJS.WriteStream, "isTTY" | "write">;
  readonly secondsBetweenLines?: number;
}

const eraseLine = "\r\u001b[2K";

/** Works, and says meanwhile how it goes: each second on a terminal, in place; elsewhere in a line every half minute. */
export async function withProgress<T>(
  describe: (seconds: number) => string,
  { note, terminal = process.stdout, secondsBetweenLines = 30 }: ProgressDisplay,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const say = (): void => {
    const line = describe(Math.round((Date.now() - started) / 1000));
    if (terminal.isTTY) terminal.write(`${eraseLine}${line}`);
    else note(line);
  };
  const timer = setInterval(say, terminal.isTTY ? 1000 : secondsBetweenLines * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (terminal.isTTY) terminal.write(eraseLine);
  }
}
