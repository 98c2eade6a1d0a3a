import type { PlayedLive } from "./play-live";
import { alertText, clock } from "./print";

/**
 * A live play as a person reads it: what Alertmanager was sent, what was silenced, and what reached whom, in order. What always
 * fires, and is told once a minute, is left out.
 */
export function printLive({ alerts, messages }: PlayedLive): string {
  const lines = [
    ...alerts
      .filter(({ labels }) => labels["severity"] !== "none")
      .map(({ labels, from, until = Infinity, inhibitedBy }) => ({
        second: from,
        text: `     ${clock(from)} – ${clock(until)}  fires       ${alertText({ labels })}${
          inhibitedBy.length === 0 ? "" : `, silenced by ${inhibitedBy.join(", ")}`
        }`,
      })),
    ...messages
      .filter(({ receiver }) => !/(^|\/)watchdog$/.test(receiver))
      .map(({ second, receiver, title }) => ({
        second,
        text: `     ${clock(second)}            tells ${receiver.split("/").at(-1) ?? ""}: ${title}`,
      })),
  ];
  return lines
    .sort((a, b) => a.second - b.second)
    .map(({ text }) => text)
    .join("\n");
}
