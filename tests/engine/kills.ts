import type { Victims } from "./process-tree";
import { randomFrom } from "../random";

/** A kill that a test asks for: within an operation, at a part of its moments, and a while after that. */
export interface Kill {
  readonly operation: "creation" | "update" | "removal";
  readonly victims: Victims;
  /** 0 is the first moment of the operation, 1 its last. */
  readonly part: number;
  readonly afterMs: number;
  /** What the next `up` deploys: the same program, or the one before the change, because somebody thinks better of it. */
  readonly next: "changed" | "former";
}

const share: Readonly<Record<Kill["operation"], number>> = { creation: 4, update: 5, removal: 2 };

/** Kills spread over the whole of each operation, by turns of everything and of the engine alone; each random in its own share. */
export function drawKills(seed: number): readonly Kill[] {
  const random = randomFrom(seed);
  const slots = (["creation", "update", "removal"] as const).flatMap((operation) =>
    Array.from({ length: share[operation] }, (_, index) => ({ operation, from: index / share[operation] })),
  );
  return slots.map(({ operation, from }, index) => ({
    operation,
    victims: index === slots.length - 1 ? "command" : index % 2 === 0 ? "everything" : "engine",
    part: from + random() / share[operation],
    afterMs: drawPause(random),
    next: operation === "update" && index % 2 === 1 ? "former" : "changed",
  }));
}

/** A kill in words. */
export function describeKill({ operation, victims, part, afterMs, next }: Kill): string {
  const then = next === "former" ? "an up of the former program" : "the next up";
  return `${then} repairs ${operation === "update" ? "an" : "a"} ${operation} in which ${victims} was killed at ${part.toFixed(3)} + ${afterMs} ms`;
}

// Half of the kills come within a provider's work; the others while the engine writes that down, or somewhere after it.
function drawPause(random: () => number): number {
  const kind = random();
  if (kind < 0.5) return 0;
  return Math.ceil(random() * (kind < 0.8 ? 25 : 600));
}
