import { clock as printedClock } from "../../simulate/print";

/** A second of a situation, as minutes and seconds. */
export function clock(second: number): string {
  return printedClock(second).trim();
}
