import type { GateResult } from "./evaluate";
import { describeVerdict, renderTable } from "./table";
import type { Terminal } from "../terminal/terminal";

/** Shows how gates develop while someone waits for them. */
export interface Progress {
  readonly show: (results: readonly GateResult[], time: number, status: string) => void;
}

/** On a screen the table is redrawn in its place; in a log, what has changed is added, one line a gate. */
export function progressOn(terminal: Terminal): Progress {
  return terminal.isInteractive ? redrawOn(terminal) : logOn(terminal);
}

function redrawOn({ write, columns, isColored }: Terminal): Progress {
  let height = 0;
  return {
    show: (results, time, status) => {
      const lines = [`${clockTime(time)}  ${status}`, ...renderTable(results, false)].map((line) => line.slice(0, columns()));
      // Cut before it is colored: a broken line or a cut color code would count wrongly.
      const [title = "", head = "", ...rows] = lines;
      const painted = renderTable(results, isColored).slice(1);
      const shown = rows.map((row, index) => (row.length < columns() ? (painted[index] ?? row) : row));
      write(`${height > 0 ? `\u001b[${height}A\u001b[0J` : ""}${[title, head, ...shown].join("\n")}\n`);
      height = lines.length;
    },
  };
}

function logOn({ write }: Terminal): Progress {
  const last = new Map<string, string>();
  return {
    show: (results, time) => {
      for (const result of results) {
        const text = describeVerdict(result);
        if (last.get(result.name) !== text) write(`${clockTime(time)}  ${result.name} ${text}\n`);
        last.set(result.name, text);
      }
    },
  };
}

function clockTime(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}
