import type { Told } from "../../core/running/told";
import type { CannotTell, Patience } from "../system/read-reply";
import { sideBySide } from "../system/side-by-side";

/** What looking at what runs may cost, over all servers. */
export const limits = {
  /** For all that is asked. */
  seconds: 120,
  requests: 2000,
  /** At once, to each server. */
  atOnce: 4,
  /** Of one answer. */
  bytes: 4 * 1024 * 1024,
  /** Of those that grow with the rules, the targets and the names of a server. */
  longBytes: 32 * 1024 * 1024,
  /** Metric names in one question. */
  names: 100,
  /** Series of one name: of more, only labels and values are asked for. */
  series: 500,
  /** Values of one label. */
  values: 200,
  /** Names among which a wrong one is looked for. */
  otherNames: 50_000,
  /** Dashboards, data sources and runbooks, each. */
  pages: 200,
} as const;

/** What is left of it. */
export interface Budget {
  readonly timeoutSeconds: number;
  /** Aborted when all the time is over. */
  readonly signal: AbortSignal;
  /** What the next answer may cost; or that there is to be none. */
  readonly spend: (bytes: number) => Patience | CannotTell;
}

/** Works with a budget; when its time is over, whatever is still asked is not answered, and says why. */
export async function withBudget<T>(
  timeoutSeconds: number,
  signal: AbortSignal,
  work: (budget: Budget) => Promise<T>,
): Promise<T> {
  const whole = new AbortController();
  const stop = (): void => whole.abort(new Error("interrupted"));
  const timer = setTimeout(
    () => whole.abort(new Error(`the ${limits.seconds} s for all questions are over`)),
    limits.seconds * 1000,
  );
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  let requests = 0;
  try {
    return await work({
      timeoutSeconds,
      signal: whole.signal,
      spend: (bytes) =>
        ++requests > limits.requests
          ? { cannotTell: `the ${limits.requests} questions of one run are used up` }
          : { timeoutSeconds, bytes, signal: whole.signal },
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** A server that was silent twice in a row is not asked any more: each question would wait as long. */
export function givingUp(): <T extends object>(ask: () => Promise<T | CannotTell>) => Promise<T | CannotTell> {
  let silent: readonly CannotTell[] = [];
  return async (ask) => {
    const [, last] = silent;
    if (last) return last;
    const answer = await ask();
    silent = isSilence(answer) ? [...silent, answer] : [];
    return answer;
  };
}

function isSilence(answer: object): answer is CannotTell {
  return "cannotTell" in answer && "isSilent" in answer;
}

/** Looks at each of them, some at once; of more than there is room for it is said that they were not looked at. */
export async function lookAtEach<T>(
  names: readonly string[],
  ask: (name: string) => Promise<Told<T>>,
): Promise<ReadonlyMap<string, Told<T>>> {
  const asked = new Set(names.slice(0, limits.pages));
  const late = { cannotTell: `only the first ${limits.pages} are asked for` };
  return new Map(
    await sideBySide(names, async (name) => [name, asked.has(name) ? await ask(name) : late] as const, limits.atOnce),
  );
}
