/**
 * More failures than this within an hour are no accident, however little traffic there is: beside a ratio, it tells a
 * burst of failures from a single one, and a failure of everything from silence.
 */
export const fewFailures = 10;

/** What happens less often, in events a second over an hour, has no quantile worth a page: two of three are its p95. */
export const rare = 0.025;
