/** The seconds of a situation that is played in compressed time. */
export interface Clock {
  /** The time of a second, in milliseconds since 1970. */
  readonly at: (second: number) => number;
  /** The second of a time in milliseconds since 1970, rounded. */
  readonly secondAt: (milliseconds: number) => number;
}

/** A clock that begins so many seconds before second 0, which passes `factor` times as fast as real time. */
export function startClock(factor: number, secondsBefore: number): Clock {
  const begin = Date.now() + (secondsBefore / factor) * 1000;
  return {
    at: (second) => begin + (second / factor) * 1000,
    secondAt: (milliseconds) => Math.round(((milliseconds - begin) / 1000) * factor),
  };
}
