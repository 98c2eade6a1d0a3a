import type { Expectation } from "../model/expectation";
import type { Convention } from "./convention";
import type { GateQuestion } from "./gate-question";
import type { World } from "./world";

/** How a situation is seen: by which labels, and how often targets are scraped. */
export interface View {
  readonly convention: Convention;
  readonly scrapeSeconds: number;
}

/** Something that happens in production, beginning at second 0, and what must come of it. */
export interface Situation {
  /** `<service>/<what>` for a standard situation, `<chapter>/<what>` for an incident. */
  readonly id: string;
  readonly title: string;
  /** The id of the service whose situation it is; that of no one service when left out. */
  readonly service?: string;
  readonly historySeconds: number;
  readonly lastsSeconds: number;
  /** Time between evaluations of the rules. 15 s when left out, and 30 s where targets are scraped no more often than that. */
  readonly everySeconds?: number;
  readonly views: readonly View[];
  readonly world: (view: View) => World;
  readonly expect: Expectation;
  /** What the gates of a rollout must answer meanwhile. */
  readonly gates?: readonly GateQuestion[];
}

/** The label conventions at one scrape interval, or several. */
export function views(...scrapeSeconds: readonly number[]): readonly View[] {
  const conventions: readonly Convention[] = ["plain", "operator"];
  return scrapeSeconds.flatMap((seconds) => conventions.map((convention) => ({ convention, scrapeSeconds: seconds })));
}

/** The situation as it is named with its view: `mc/one-failed-scrape plain 15s`. */
export function nameOf({ id }: Situation, { convention, scrapeSeconds }: View): string {
  return `${id} ${convention} ${scrapeSeconds}s`;
}

/** The time between evaluations of the rules. */
export function evaluationSecondsOf({ everySeconds }: Situation, { scrapeSeconds }: View): number {
  return everySeconds ?? (scrapeSeconds < 30 ? 15 : 30);
}
