import type { Situation } from "../core/simulate/situation";
import { counting } from "./counting";
import { gates } from "./gates";
import { losing } from "./losing";
import { rollouts } from "./rollouts";
import { traffic } from "./traffic";

/** What has happened, or will, to the system as a whole, and what must come of it. */
export const incidents: readonly Situation[] = [...counting, ...losing, ...rollouts, ...traffic, ...gates];
