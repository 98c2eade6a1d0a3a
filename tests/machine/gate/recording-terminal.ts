import { readRequest } from "../../../machine/gate/read-request";
import { runGate } from "../../../machine/gate/run-gate";
import { description } from "../../../machine/gate/usage";
import { services } from "../../../services";
import { readCommandLine } from "../../../machine/terminal/command-line";
import type { Clock, Terminal } from "../../../machine/terminal/terminal";

/** A terminal that keeps what is written, and answers as told. */
export interface RecordingTerminal extends Terminal {
  readonly written: () => string;
  readonly printed: () => readonly string[];
  readonly interrupt: () => void;
}

/** Without answers, nobody sits there; `undefined` among them is Ctrl-D. */
export function recordingTerminal(answers?: readonly (string | undefined)[]): RecordingTerminal {
  let written = "";
  const printed: string[] = [];
  const open = [...(answers ?? [])];
  const controller = new AbortController();
  const write = (text: string): void => void (written += text);
  return {
    isInteractive: answers !== undefined,
    isColored: false,
    columns: () => 200,
    write,
    print: (document) => void printed.push(document),
    ask: (question) => {
      write(question);
      return Promise.resolve(open.shift());
    },
    signal: controller.signal,
    written: () => written,
    printed: () => printed,
    interrupt: () => controller.abort(),
  };
}

/** A clock on which waiting takes no time; `meanwhile` is what happens during each wait. */
export function skippingClock(meanwhile: (waits: number) => Promise<void> | void = () => undefined): Clock {
  let time = Date.parse("2026-01-01T12:00:00Z");
  let waits = 0;
  return {
    now: () => time,
    wait: async (milliseconds) => {
      time += milliseconds;
      await meanwhile((waits += 1));
    },
  };
}

/** Runs the command on this line as `npm run gate` does, with the services of this project. */
export function gate(line: string, terminal: Terminal, clock?: Clock): Promise<number> {
  return runGate(readRequest(readCommandLine(line.split(" "), description), services), terminal, clock);
}

/** The verdict on each gate of the first table in the text. */
export function verdictsIn(text: string): Readonly<Record<string, string>> {
  const rows = text.matchAll(/^(holds|does not hold|cannot tell) +([a-z]+\/[a-z]+\/\S+)/gm);
  return Object.fromEntries([...rows].map(([, verdict = "", name = ""]) => [name, verdict]));
}
